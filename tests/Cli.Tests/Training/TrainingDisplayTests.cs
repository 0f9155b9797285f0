using PluginLoggers.Cli.Training;
using Spectre.Console;

namespace PluginLoggers.Cli.Tests.Training;

public sealed class TrainingDisplayTests : IDisposable
{
    private static readonly Evaluation Validated = new(Loss: 0.25, Accuracy: 0.975, Mistakes: []);

    private readonly StringWriter _output = new();

    [Fact]
    public async Task Where_nothing_can_move_each_epoch_is_a_line()
    {
        await ShowAsync(Terminals.Create(_output, isTerminal: false));

        Assert.Equal(
            ["epoch 1/2  loss 0.5000  val/accuracy 0.9750", "epoch 2/2  loss 0.1250  val/accuracy 0.9750"],
            _output.ToString().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task On_a_terminal_there_is_a_bar_with_the_metrics_beside_it()
    {
        var terminal = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            Interactive = InteractionSupport.Yes,
            Out = new AnsiConsoleOutput(_output),
        });

        await ShowAsync(terminal);

        var last = _output.ToString().ReplaceLineEndings("\n").Split('\n').Last(line => line.Contains("epoch", StringComparison.Ordinal));
        Assert.Contains("100%", last, StringComparison.Ordinal);
        Assert.Contains("epoch 2/2  loss 0.1250  val/accuracy 0.9750", last, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_training_throws_comes_through()
    {
        var console = Terminals.Create(_output, isTerminal: false);

        await Assert.ThrowsAsync<TrainingDivergedException>(() =>
            TrainingDisplay.ShowAsync<int>(console, _ => throw new TrainingDivergedException(1, 0.1)));
    }

    public void Dispose() => _output.Dispose();

    private static async Task ShowAsync(IAnsiConsole console)
    {
        var result = await TrainingDisplay.ShowAsync(console, progress =>
        {
            progress.Report(new TrainingProgress(1, 2, Step: 1, Steps: 2, Loss: 0.5, Validation: null));
            progress.Report(new TrainingProgress(1, 2, Step: 1, Steps: 2, Loss: 0.5, Validated));
            progress.Report(new TrainingProgress(2, 2, Step: 2, Steps: 2, Loss: 0.125, Validation: null));
            progress.Report(new TrainingProgress(2, 2, Step: 2, Steps: 2, Loss: 0.125, Validated));
            return Task.FromResult(7);
        });

        Assert.Equal(7, result);
    }
}
