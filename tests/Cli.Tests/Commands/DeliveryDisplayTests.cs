using PluginLoggers.Cli.Commands;
using PluginLoggers.Hosting;
using Spectre.Console;

namespace PluginLoggers.Cli.Tests.Commands;

public sealed class DeliveryDisplayTests
{
    private static readonly RunSummary Run = new() { Directory = "/runs/a/b", Name = "a", Version = "b" };

    [Fact]
    public async Task On_a_terminal_each_logger_that_is_behind_has_a_bar()
    {
        using var written = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            Interactive = InteractionSupport.Yes,
            Out = new AnsiConsoleOutput(written),
        });

        await DeliveryDisplay.ShowAsync(console, Run, moved =>
        {
            moved!.Report([Behind("server", 100, "[down]"), Behind("csv", 0)]);
            moved.Report([Behind("server", 40), Behind("csv", 0)]);
            return Task.FromResult(new SynchronizedRun(Run with { Deliveries = [Behind("server", 0), Behind("csv", 0)] }, []));
        });

        var shown = written.ToString();
        Assert.Contains("a/b server", shown, StringComparison.Ordinal);
        Assert.Contains("100%", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("csv", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Elsewhere_nothing_is_shown()
    {
        using var written = new StringWriter();
        await DeliveryDisplay.ShowAsync(Terminals.Create(written, isTerminal: false), Run, moved =>
        {
            Assert.Null(moved);
            return Task.FromResult(new SynchronizedRun(Run, []));
        });
        Assert.Empty(written.ToString());
    }

    private static LoggerDelivery Behind(string key, long bytes, string? failure = null) =>
        new() { Key = key, Type = "Csv", UndeliveredBytes = bytes, IsComplete = bytes == 0, LastFailure = failure };
}
