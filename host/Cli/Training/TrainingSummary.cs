using System.Globalization;
using System.Text;

namespace PluginLoggers.Cli.Training;

/// <summary>Sums a training up in Markdown.</summary>
internal static class TrainingSummary
{
    public static string Of(TrainingOptions options, DigitImages heldOut, Evaluation validation, double best)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            **{validation.Accuracy:P1}** of {heldOut.Count} held-out digits are read rightly after {options.Epochs} epochs
            (best epoch: {best:P1}; batch size {options.BatchSize}, learning rate {options.LearningRate}, seed {options.Seed}).

            | digit | images | read wrongly | taken for |
            | ---: | ---: | ---: | :--- |

            """);

        var images = Enumerable.Range(0, heldOut.Count).CountBy(heldOut.Label).ToDictionary();
        var mistakes = validation.Mistakes.ToLookup(mistake => heldOut.Label(mistake.Index), mistake => mistake.Digit);
        for (var digit = 0; digit < DigitImages.Classes; digit++)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"| {digit} | {images.GetValueOrDefault(digit)} | {mistakes[digit].Count()} | {string.Join(", ", mistakes[digit])} |\n");
        }

        return text.ToString();
    }
}
