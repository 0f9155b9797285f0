using System.Numerics.Tensors;

namespace PluginLoggers.Cli.Training;

/// <summary>A fully connected layer: weights times input, plus biases.</summary>
internal sealed class DenseLayer
{
    private readonly int _inputs;

    public DenseLayer(string name, int inputs, int outputs, Random random)
    {
        _inputs = inputs;
        Weights = new Parameter($"{name}.weight", outputs, inputs);
        Biases = new Parameter($"{name}.bias", outputs);

        // He initialization, the usual one in front of a ReLU; uniform, with the same variance.
        var limit = MathF.Sqrt(6f / inputs);
        foreach (ref var weight in Weights.Values.AsSpan())
        {
            weight = ((2 * random.NextSingle()) - 1) * limit;
        }
    }

    public Parameter Weights { get; }

    public Parameter Biases { get; }

    public void Forward(ReadOnlySpan<float> input, Span<float> output)
    {
        for (var i = 0; i < output.Length; i++)
        {
            output[i] = TensorPrimitives.Dot(Row(Weights.Values, i), input) + Biases.Values[i];
        }
    }

    /// <summary>Adds to the gradients of the parameters; returns that of the input, where it is asked for.</summary>
    /// <param name="input">The input of the forward pass.</param>
    /// <param name="outputGradient">The gradient of the loss by the output.</param>
    /// <param name="inputGradient">Receives the gradient of the loss by the input; empty if nobody needs it.</param>
    public void Backward(ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, Span<float> inputGradient)
    {
        inputGradient.Clear();
        TensorPrimitives.Add(Biases.Gradient, outputGradient, Biases.Gradient);
        for (var i = 0; i < outputGradient.Length; i++)
        {
            var row = Row(Weights.Gradient, i);
            TensorPrimitives.MultiplyAdd(input, outputGradient[i], row, row);
            if (!inputGradient.IsEmpty)
            {
                TensorPrimitives.MultiplyAdd(Row(Weights.Values, i), outputGradient[i], inputGradient, inputGradient);
            }
        }
    }

    private Span<float> Row(Span<float> values, int row) => values.Slice(row * _inputs, _inputs);
}
