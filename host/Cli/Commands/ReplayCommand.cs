using System.CommandLine;
using Microsoft.Extensions.Configuration;
using PluginLoggers.Hosting;
using PluginLoggers.Hosting.Configuration;

namespace PluginLoggers.Cli.Commands;

/// <summary><c>pluginloggers replay</c>: delivers a run to a backend that it did not have.</summary>
internal sealed class ReplayCommand : Command
{
    private readonly ConfigurationOptions _configuration;
    private readonly StandardStreams _streams;
    private readonly Argument<string> _run = new("RUN")
    {
        Description = "A run: name/version, a version, its folder, or the beginning of its id",
    };

    private readonly Option<string> _to = new("--to")
    {
        Description = "The key of a logger of the configuration",
        HelpName = "LOGGER",
        Required = true,
    };

    private readonly Option<bool> _json = new("--json") { Description = "Print JSON" };

    public ReplayCommand(ConfigurationOptions configuration, StandardStreams streams)
        : base("replay", "Deliver a run to a logger that it did not have")
    {
        (_configuration, _streams) = (configuration, streams);
        Add(_run);
        Add(_to);
        Add(_json);
        SetAction(ReplayAsync);
    }

    private async Task<int> ReplayAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var to = parsed.GetRequiredValue(_to);
        var settings = _configuration.Load(parsed);
        if (!settings.GetSection($"LightningLoggers:Loggers:{to}").Exists())
        {
            throw new UsageException(
                $"The configuration has no logger '{to}'. Its loggers are keys of the section LightningLoggers:Loggers.");
        }

        // To name it is to want it, whether training has it enabled or not.
        var enabled = new ConfigurationBuilder()
            .AddConfiguration(settings)
            .AddInMemoryCollection(new Dictionary<string, string?> { [$"LightningLoggers:Loggers:{to}:Enabled"] = "true" })
            .Build();
        var configuration = LoggersConfiguration.ReadForSynchronization(enabled, to);
        var runs = RunArgument.Find(new RunLibrary(configuration.Run.SaveDir), parsed.GetRequiredValue(_run));
        return await Synchronization.RunAsync(
            configuration, runs, to, deadLetters: false, _streams, parsed.GetValue(_json), cancellationToken)
            .ConfigureAwait(false);
    }
}
