using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using PluginLoggers.Cli.Training;
using PluginLoggers.Hosting;

namespace PluginLoggers.Cli.Commands;

/// <summary><c>pluginloggers train</c>: the quick start, and what a program of one's own looks like.</summary>
internal sealed class TrainCommand : Command
{
    private readonly ConfigurationOptions _configuration;
    private readonly StandardStreams _streams;
    private readonly TrainingArguments _arguments = new();

    public TrainCommand(ConfigurationOptions configuration, StandardStreams streams)
        : base("train", "Train a small network on hand-written digits and log it: the quick start")
    {
        (_configuration, _streams) = (configuration, streams);
        _arguments.AddTo(this);
        SetAction(TrainAsync);
    }

    private async Task<int> TrainAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var console = Terminals.Create(_streams.Error, _streams.ErrorIsTerminal);
        await using var services = new ServiceCollection()
            .AddLightningLoggers(_configuration.Load(parsed), ConsoleDiagnostics.On(console))
            .AddSingleton(_arguments.Read(parsed))
            .AddSingleton<DigitsTrainer>()
            .BuildServiceProvider();

        var run = services.GetRequiredService<LightningRun>();
        var trainer = services.GetRequiredService<DigitsTrainer>();
        var report = new TrainingReport(run, _streams.Out, parsed.GetValue(_arguments.Json));
        try
        {
            await run.RunAsync(async _ => report.Result = await TrainingDisplay.ShowAsync(console, progress =>
                Task.Run(() => trainer.Train(progress, cancellationToken), cancellationToken)).ConfigureAwait(false)).ConfigureAwait(false);
        }
        finally
        {
            report.Write();
        }

        return RunReport.ExitCodeOf(run);
    }
}
