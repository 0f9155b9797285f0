using System.Globalization;
using Spectre.Console;

namespace PluginLoggers.Cli.Training;

/// <summary>Shows how a training goes: a bar and a live line of metrics on a terminal, a line an epoch elsewhere.</summary>
internal static class TrainingDisplay
{
    /// <summary>Runs a training and shows its progress.</summary>
    public static Task<T> ShowAsync<T>(IAnsiConsole console, Func<IProgress<TrainingProgress>, Task<T>> train) => console.IsLive()
        ? console.Progress()
            .Columns(new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .StartAsync(context => train(new Bar(context.AddTask("starting"))))
        : train(new Lines(console));

    private static string Describe(TrainingProgress progress, double? accuracy) => string.Create(CultureInfo.InvariantCulture,
        $"epoch {progress.Epoch}/{progress.Epochs}  loss {progress.Loss:F4}{(accuracy is null ? "" : $"  val/accuracy {accuracy:F4}")}");

    private sealed class Bar(ProgressTask task) : IProgress<TrainingProgress>
    {
        private double? _accuracy;

        public void Report(TrainingProgress value)
        {
            _accuracy = value.Validation?.Accuracy ?? _accuracy;
            task.MaxValue = value.Steps;
            task.Value = value.Step;
            task.Description = Describe(value, _accuracy);
        }
    }

    private sealed class Lines(IAnsiConsole console) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Validation is { } validation)
            {
                console.WriteLine(Describe(value, validation.Accuracy));
            }
        }
    }
}
