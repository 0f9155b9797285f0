using System.Numerics.Tensors;

namespace PluginLoggers.Cli.Training;

/// <summary>A network of one hidden layer (ReLU) that tells digits apart (softmax, cross entropy).</summary>
internal sealed class DigitClassifier
{
    private readonly DenseLayer _hidden;
    private readonly DenseLayer _output;
    private readonly float[] _activations;
    private readonly float[] _activationGradients;
    private readonly float[] _probabilities = new float[DigitImages.Classes];

    public DigitClassifier(int hiddenUnits, Random random)
    {
        _hidden = new DenseLayer("hidden", DigitImages.Pixels, hiddenUnits, random);
        _output = new DenseLayer("output", hiddenUnits, DigitImages.Classes, random);
        _activations = new float[hiddenUnits];
        _activationGradients = new float[hiddenUnits];
    }

    public IReadOnlyList<Parameter> Parameters => [_hidden.Weights, _hidden.Biases, _output.Weights, _output.Biases];

    /// <summary>Reads one image.</summary>
    /// <returns>The digit that it takes it for, and the cross entropy between that and the label.</returns>
    public (int Digit, double Loss) Predict(ReadOnlySpan<float> image, int label)
    {
        _hidden.Forward(image, _activations);
        TensorPrimitives.Max(_activations, 0f, _activations);
        _output.Forward(_activations, _probabilities);

        // The largest is taken off first: without that, exp overflows.
        TensorPrimitives.Subtract(_probabilities, TensorPrimitives.Max<float>(_probabilities), _probabilities);
        var logProbability = -_probabilities[label];
        TensorPrimitives.Exp(_probabilities, _probabilities);
        var sum = TensorPrimitives.Sum<float>(_probabilities);
        TensorPrimitives.Divide(_probabilities, sum, _probabilities);
        return (TensorPrimitives.IndexOfMax<float>(_probabilities), logProbability + Math.Log(sum));
    }

    /// <summary>Reads one image and adds to the gradients what it teaches.</summary>
    /// <inheritdoc cref="Predict"/>
    public (int Digit, double Loss) Learn(ReadOnlySpan<float> image, int label)
    {
        var prediction = Predict(image, label);
        _probabilities[label] -= 1;
        _output.Backward(_activations, _probabilities, _activationGradients);
        for (var i = 0; i < _activations.Length; i++)
        {
            _activationGradients[i] = _activations[i] > 0 ? _activationGradients[i] : 0;
        }

        _hidden.Backward(image, _activationGradients, inputGradient: []);
        return prediction;
    }

    /// <summary>Applies what a batch of examples taught.</summary>
    public void Step(float learningRate, float momentum, int batchSize)
    {
        foreach (var parameter in Parameters)
        {
            parameter.Step(learningRate, momentum, batchSize);
        }
    }
}
