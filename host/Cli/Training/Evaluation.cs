namespace PluginLoggers.Cli.Training;

/// <summary>How a classifier does on images that it did not learn from.</summary>
/// <param name="Loss">The mean cross entropy.</param>
/// <param name="Accuracy">The share of the images read rightly, 0 to 1.</param>
/// <param name="Mistakes">The images read wrongly, by position, and the digits they were taken for.</param>
internal sealed record Evaluation(double Loss, double Accuracy, IReadOnlyList<(int Index, int Digit)> Mistakes)
{
    public static Evaluation Of(DigitClassifier model, DigitImages images)
    {
        var loss = 0.0;
        var mistakes = new List<(int, int)>();
        for (var i = 0; i < images.Count; i++)
        {
            var prediction = model.Predict(images.Image(i), images.Label(i));
            loss += prediction.Loss;
            if (prediction.Digit != images.Label(i))
            {
                mistakes.Add((i, prediction.Digit));
            }
        }

        return new Evaluation(loss / images.Count, 1 - ((double)mistakes.Count / images.Count), mistakes);
    }
}
