using System.Numerics.Tensors;

namespace PluginLoggers.Cli.Training;

/// <summary>A tensor that is learned, by stochastic gradient descent with momentum.</summary>
/// <param name="name">Its name in logs and checkpoints.</param>
/// <param name="shape">Its dimensions.</param>
internal sealed class Parameter(string name, params int[] shape)
{
    private readonly float[] _gradient = new float[shape.Aggregate((size, dimension) => size * dimension)];
    private readonly float[] _velocity = new float[shape.Aggregate((size, dimension) => size * dimension)];

    public string Name => name;

    public IReadOnlyList<int> Shape => shape;

    /// <summary>The values, row-major.</summary>
    public float[] Values { get; } = new float[shape.Aggregate((size, dimension) => size * dimension)];

    /// <summary>The gradient, gathered over the examples of a batch.</summary>
    public Span<float> Gradient => _gradient;

    /// <summary>Moves the values against the mean gradient of a batch, and clears the gradient for the next one.</summary>
    public void Step(float learningRate, float momentum, int batchSize)
    {
        TensorPrimitives.Multiply(_velocity, momentum, _velocity);
        TensorPrimitives.MultiplyAdd(_gradient, 1f / batchSize, _velocity, _velocity);
        TensorPrimitives.MultiplyAdd(_velocity, -learningRate, Values, Values);
        Array.Clear(_gradient);
    }
}
