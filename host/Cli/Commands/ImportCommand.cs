using System.CommandLine;
using PluginLoggers.Hosting;
using PluginLoggers.Hosting.Configuration;

namespace PluginLoggers.Cli.Commands;

/// <summary>
/// <c>pluginloggers import</c>: makes runs of TensorBoard's event files, of Lightning's tables, and of what other plug-ins read.
/// </summary>
internal sealed class ImportCommand : Command
{
    private const string NameKey = "LightningLoggers:Run:Name";

    private readonly ConfigurationOptions _configuration;
    private readonly StandardStreams _streams;
    private readonly Argument<string> _path = new("PATH")
    {
        Description = "A log directory with any number of runs, or one file: event files of TensorBoard, or a metrics.csv of Lightning, "
            + "with its hparams.yaml. Each folder becomes a run; import it again, and what is new is added.",
    };

    private readonly Option<bool> _json = new("--json") { Description = "Print the result as JSON" };

    public ImportCommand(ConfigurationOptions configuration, StandardStreams streams)
        : base("import", "Make runs of TensorBoard event files, or of a Lightning metrics.csv, and deliver them to the loggers")
    {
        (_configuration, _streams) = (configuration, streams);
        Add(_path);
        Add(_json);
        SetAction(ImportAsync);
    }

    private async Task<int> ImportAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var settings = _configuration.Load(parsed);
        var path = parsed.GetRequiredValue(_path);
        if (!Path.Exists(path))
        {
            throw new UsageException($"There is no file or folder '{path}'.");
        }

        var console = Terminals.Create(_streams.Error, _streams.ErrorIsTerminal);
        var importer = new RunImporter(LoggersConfiguration.Read(settings), new ConsoleDiagnostics(console));
        var found = importer.Find(path, settings[NameKey]);
        foreach (var note in found.Notes)
        {
            await _streams.Error.WriteLineAsync(Terminals.Printable(note)).ConfigureAwait(false);
        }

        if (found.Runs.Count == 0)
        {
            var formats = string.Join(", ", found.Formats.DefaultIfEmpty("any plug-in"));
            throw new UsageException($"There is nothing to import in '{path}': found no run in the formats of {formats}.");
        }

        var report = new ImportReport(_streams, parsed.GetValue(_json));
        try
        {
            foreach (var run in found.Runs)
            {
                report.Add(await ImportDisplay.ShowAsync(console, run, progress => importer.ImportAsync(run, progress, cancellationToken))
                    .ConfigureAwait(false));
            }
        }
        finally
        {
            report.Write();
        }

        return report.ExitCode;
    }
}
