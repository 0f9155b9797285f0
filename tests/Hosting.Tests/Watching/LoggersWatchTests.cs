using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Time.Testing;
using PluginLoggers.Hosting.Configuration;
using PluginLoggers.Hosting.Tests.Configuration;
using PluginLoggers.Hosting.Watching;

namespace PluginLoggers.Hosting.Tests.Watching;

/// <summary>When the watch acts on what it sees.</summary>
public sealed class LoggersWatchTests
{
    [Fact]
    public void What_failed_is_tried_again_at_the_next_look_and_then_no_more()
    {
        var source = new ConfigurationBuilder().AddInMemoryCollection().Build();
        source["LightningLoggers:Plugins:Watch"] = "true";
        var configuration = LoggersConfiguration.ReadForRuns(source, _ => Settings.Catalog());
        var (tries, changes) = (0, new List<int>());
        using var watch = new LoggersWatch(
            source,
            configuration,
            Sight.AtStart(source, configuration.Plugins),
            (_, _) => ++tries == 1 ? throw new IOException("The share did not answer.") : Settings.Catalog(),
            (changed, _) => changes.Add(changed.Loggers.Count),
            new FakeTimeProvider(),
            new Teller(new WriterDiagnostics(TextWriter.Null)));
        source["LightningLoggers:Loggers:late:Type"] = "Sample";

        watch.Poll();
        Assert.Throws<IOException>(watch.Poll);
        for (var look = 0; look < 3; look++)
        {
            watch.Poll();
        }

        Assert.Equal((2, 1), (tries, Assert.Single(changes)));
    }
}
