using PluginLoggers.Contract;

namespace PluginLoggers.Hosting.Tests.Logging;

/// <summary>A run among the loggers of a collection, which gives a logger only what it can show.</summary>
public sealed class WrappedRunTests : IDisposable
{
    private readonly Lab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Fact]
    public async Task It_takes_for_later_what_none_of_its_backends_can_show_today()
    {
        await using (var run = _lab.Open(""))
        {
            var both = new LoggerCollection(run, new DummyLogger());
            both.LogMetric("loss", 1, 7);
            both.LogText("note", "all is well", 8);
            both.LogCustom("mesh", "head", [1, 2, 3], 9);
            await run.FinalizeAsync(RunStatus.Finished);
        }

        await _lab.DeliverAsync(""" "later": { "Type": "Recording" } """);

        Assert.Equal(
            [typeof(LoggedRecord.Metrics), typeof(LoggedRecord.Text), typeof(LoggedRecord.Custom)],
            _lab.Recording.Saved("later").Select(record => record.GetType()));
    }
}
