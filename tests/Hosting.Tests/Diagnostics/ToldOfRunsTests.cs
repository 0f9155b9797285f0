using Microsoft.Extensions.DependencyInjection;
using PluginLoggers.Contract;

namespace PluginLoggers.Hosting.Tests.Diagnostics;

/// <summary>What a program with many runs tells of each.</summary>
public sealed class ToldOfRunsTests : IDisposable
{
    private readonly Lab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Fact]
    public async Task What_a_run_lost_is_told_of_that_run_and_what_holds_for_all_once()
    {
        _lab.Recording.Created = (_, logger) =>
        {
            logger.FailLog = record => record is LoggedRecord.Metrics ? new LoggerRejectedException("It takes no metrics.") : null;
            logger.CanShow = LoggerFeatures.All & ~LoggerFeatures.Text;
        };
        var runs = _lab.Services(""" "r": { "Type": "Recording" } """).GetRequiredService<ILightningLoggerFactory>();
        for (var i = 0; i < 3; i++)
        {
            await using var run = runs.Create(new RunDescription { Name = "sweep" });
            run.LogMetric("loss", 1);
            run.LogMetric("loss", 2);
            run.LogText("note", "x");
            run.LogHyperparams(new Dictionary<string, object?> { ["api_key"] = "hidden" });
            await run.FinalizeAsync(RunStatus.Finished);
        }

        var refused = _lab.ToldOf("r", "It takes no metrics.");
        Assert.Equal(["sweep/version_0", "sweep/version_1", "sweep/version_2"], refused.Select(told => told.Run));
        Assert.StartsWith("pluginloggers: error: sweep/version_1 r: A record was refused: ", refused[1].ToString(), StringComparison.Ordinal);
        Assert.Null(Assert.Single(_lab.ToldOf("r", "cannot show")).Run);
        Assert.Null(Assert.Single(_lab.ToldOf(null, "api_key")).Run);
        Assert.Equal(5, _lab.Told.Length);
    }

    [Theory]
    [InlineData(null, null, "pluginloggers: warning: Look.")]
    [InlineData(null, "csv", "pluginloggers: warning: csv: Look.")]
    [InlineData("a/b", null, "pluginloggers: warning: a/b: Look.")]
    [InlineData("a/b", "csv", "pluginloggers: warning: a/b csv: Look.")]
    public void A_line_says_what_it_is_about(string? run, string? logger, string line) =>
        Assert.Equal(line, new LoggerDiagnostic(DiagnosticLevel.Warning, logger, "Look.") { Run = run }.ToString());
}
