using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using PluginLoggers.Cli.JsonLines;
using PluginLoggers.Hosting;
using Spectre.Console;

namespace PluginLoggers.Cli.Commands;

/// <summary><c>pluginloggers log</c>: logs what any program writes as JSON Lines.</summary>
internal sealed class LogCommand : Command
{
    private const string StandardInput = "-";

    private readonly ConfigurationOptions _configuration;
    private readonly StandardStreams _streams;
    private readonly Option<bool> _json = new("--json") { Description = "Print the result as JSON" };
    private readonly Argument<string> _input = new("FILE")
    {
        Description = "The lines, such as {\"step\":1,\"loss\":0.5}; - is the standard input. Without a step, a line gets the next one. "
            + "Nested names are joined with /, strings are logged as text, NaN and Infinity are numbers.",
        DefaultValueFactory = _ => StandardInput,
    };

    public LogCommand(ConfigurationOptions configuration, StandardStreams streams)
        : base("log", "Log JSON Lines from any program as a run")
    {
        (_configuration, _streams) = (configuration, streams);
        Add(_input);
        Add(_json);
        SetAction(LogAsync);
    }

    private async Task<int> LogAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var configuration = _configuration.Load(parsed);
        await using var input = Open(parsed.GetRequiredValue(_input));
        var console = Terminals.Create(_streams.Error, _streams.ErrorIsTerminal);
        await using var services = new ServiceCollection()
            .AddLightningLoggers(configuration, ConsoleDiagnostics.On(console))
            .BuildServiceProvider();

        var run = services.GetRequiredService<LightningRun>();
        var log = new JsonLinesLog(run, (line, reason) => console.WriteLine(Terminals.Printable($"line {line} {reason}")), run.LargestStep);
        try
        {
            await run.RunAsync(_ => log.RunAsync(input, cancellationToken)).ConfigureAwait(false);
        }
        finally
        {
            Report(log, run, asJson: parsed.GetValue(_json));
        }

        return log.BadLines > 0 ? ExitCode.Failed : RunReport.ExitCodeOf(run);
    }

    private Stream Open(string path)
    {
        if (path == StandardInput)
        {
            if (_streams.InIsTerminal)
            {
                _streams.Error.WriteLine("Reading JSON Lines from the terminal; Ctrl-D (on Windows Ctrl-Z and Enter) ends the run.");
            }

            return _streams.In;
        }

        if (Directory.Exists(path))
        {
            throw new UsageException($"'{path}' is a folder; expected a file of JSON Lines, or - for the standard input.");
        }

        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The file cannot be read: {failure.Message}");
        }
    }

    private void Report(JsonLinesLog log, LightningRun run, bool asJson)
    {
        if (!asJson)
        {
            var logged = $"lines: {log.Lines}, metrics: {log.Metrics}, texts: {log.Texts}, bad lines: {log.BadLines}";
            RunReport.WriteLine(_streams.Out, "logged", logged);
            RunReport.Write(_streams.Out, run);
            return;
        }

        Json.Write(_streams.Out, json =>
        {
            json.WriteStartObject();
            json.WriteNumber("lines", log.Lines);
            json.WriteNumber("metrics", log.Metrics);
            json.WriteNumber("texts", log.Texts);
            json.WriteNumber("badLines", log.BadLines);
            RunReport.Write(json, run);
            json.WriteEndObject();
        });
    }
}
