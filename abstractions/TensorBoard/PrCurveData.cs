namespace PluginLoggers;

/// <summary>A precision-recall curve of a binary classifier, as counts at evenly spaced thresholds. Immutable.</summary>
public sealed class PrCurveData
{
    /// <summary>The most thresholds: more are not seen in a picture, and PyTorch has no more.</summary>
    public const int MaxThresholds = 127;

    private readonly double[] _positives;
    private readonly double[] _negatives;

    private PrCurveData(int thresholds)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(thresholds, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(thresholds, MaxThresholds);
        (_positives, _negatives) = (new double[thresholds], new double[thresholds]);
    }

    /// <summary>How many thresholds there are: 0, 1 and those between them.</summary>
    public int Thresholds => _positives.Length;

    /// <summary>Counts predictions; what is kept does not grow with their number.</summary>
    /// <param name="labels">What is true.</param>
    /// <param name="predictions">How likely the classifier held it, 0 to 1; as many as there are labels.</param>
    /// <param name="thresholds">How many thresholds, 2 to <see cref="MaxThresholds"/>.</param>
    /// <param name="weights">How much each prediction counts, not negative; empty for 1 each.</param>
    /// <exception cref="ArgumentException">
    /// The numbers of labels, predictions and weights differ, a prediction lies outside 0 to 1, or a weight is negative or not finite.
    /// </exception>
    public static PrCurveData FromPredictions(
        ReadOnlySpan<bool> labels, ReadOnlySpan<float> predictions, int thresholds = MaxThresholds, ReadOnlySpan<float> weights = default)
    {
        var curve = new PrCurveData(thresholds);
        Check(labels.Length, predictions.Length, weights.Length);
        for (var i = 0; i < labels.Length; i++)
        {
            curve.Add(labels[i], predictions[i], weights.IsEmpty ? 1 : weights[i], i);
        }

        return curve;
    }

    /// <inheritdoc cref="FromPredictions(ReadOnlySpan{bool}, ReadOnlySpan{float}, int, ReadOnlySpan{float})"/>
    public static PrCurveData FromPredictions(
        ReadOnlySpan<bool> labels, ReadOnlySpan<double> predictions, int thresholds = MaxThresholds, ReadOnlySpan<double> weights = default)
    {
        var curve = new PrCurveData(thresholds);
        Check(labels.Length, predictions.Length, weights.Length);
        for (var i = 0; i < labels.Length; i++)
        {
            curve.Add(labels[i], predictions[i], weights.IsEmpty ? 1 : weights[i], i);
        }

        return curve;
    }

    /// <summary>Six rows of one number a threshold: true and false positives, true and false negatives, precision, recall.</summary>
    internal float[] ToRows()
    {
        var rows = new float[6 * Thresholds];
        var (positives, negatives) = (_positives.Sum(), _negatives.Sum());
        var (truePositives, falsePositives) = (0.0, 0.0);
        for (var i = Thresholds - 1; i >= 0; i--)
        {
            truePositives += _positives[i];
            falsePositives += _negatives[i];
            ReadOnlySpan<double> column =
            [
                truePositives, falsePositives, negatives - falsePositives, positives - truePositives,
                Ratio(truePositives, truePositives + falsePositives), Ratio(truePositives, positives),
            ];
            for (var row = 0; row < column.Length; row++)
            {
                rows[(row * Thresholds) + i] = (float)column[row];
            }
        }

        return rows;
    }

    private static double Ratio(double part, double whole) => whole > 0 ? part / whole : 0;

    private static void Check(int labels, int predictions, int weights)
    {
        if (labels != predictions || (weights != 0 && weights != labels))
        {
            throw new ArgumentException(
                $"Found {labels} labels, {predictions} predictions and {weights} weights; there is one of each, or no weight at all.",
                nameof(predictions));
        }
    }

    private void Add(bool label, double prediction, double weight, int index)
    {
        if (!(prediction >= 0 && prediction <= 1))
        {
            throw new ArgumentException($"Prediction {index} is {prediction}; a prediction is from 0 to 1.", nameof(prediction));
        }

        if (!(weight >= 0) || double.IsInfinity(weight))
        {
            throw new ArgumentException($"Weight {index} is {weight}; a weight is finite and not negative.", nameof(weight));
        }

        (label ? _positives : _negatives)[(int)(prediction * (Thresholds - 1))] += weight;
    }
}
