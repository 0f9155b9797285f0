using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PluginLoggers.Cli.Tests.Support;

/// <summary>A temporary folder with a configuration, in which commands are run; its runs go to <c>runs</c> in it.</summary>
internal sealed class Workspace : IDisposable
{
    public Workspace()
    {
        Folder = Directory.CreateTempSubdirectory("pluginloggers-cli-").FullName;
        WriteConfiguration(new JsonObject { ["csv"] = new JsonObject { ["Type"] = "Csv" } });
    }

    public string Folder { get; }

    public string ConfigurationFile => At("appsettings.json");

    /// <summary>The folder of the first run.</summary>
    public string RunFolder => At("runs", "test", "version_0");

    public string At(params ReadOnlySpan<string> segments) => Path.Combine([Folder, .. segments]);

    public string Write(string name, string text)
    {
        var file = At(name);
        File.WriteAllText(file, text);
        return file;
    }

    public void WriteConfiguration(JsonObject loggers)
    {
        // However busy the machine, what works is delivered.
        var configuration = new JsonObject
        {
            ["Run"] = new JsonObject { ["Name"] = "test", ["SaveDir"] = At("runs") },
            ["Delivery"] = new JsonObject { ["ShutdownTimeout"] = "01:00:00", ["StallTimeout"] = "01:00:00" },
            ["Loggers"] = loggers,
        };
        Write("appsettings.json", JsonSerializer.Serialize(new JsonObject { ["LightningLoggers"] = configuration }));
    }

    /// <summary>Runs a command in this process, with the configuration of this workspace.</summary>
    public Task<CommandResult> RunAsync(params string[] args) => RunAsync(Stream.Null, null, args);

    public Task<CommandResult> PipeAsync(string input, params string[] args) =>
        RunAsync(new MemoryStream(Encoding.UTF8.GetBytes(input)), null, args);

    public async Task<CommandResult> RunAsync(Stream input, Interruption? interruption, params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var never = new Interruption();
        var streams = new StandardStreams(input, output, TextWriter.Synchronized(error));
        var exitCode = await CommandLine.RunAsync(["--config", ConfigurationFile, .. args], streams, interruption ?? never);
        return new CommandResult(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Columns of the metrics.csv of the first run, a text a row, without rows in which only the step stands.</summary>
    public string[] CsvRows(params string[] columns)
    {
        var rows = File.ReadAllLines(Path.Combine(RunFolder, "metrics.csv")).Select(line => line.Split(',')).ToArray();
        var positions = Array.ConvertAll(columns, column => Array.IndexOf(rows[0], column));
        return [.. rows[1..]
            .Where(row => Array.Exists(positions, position => rows[0][position] != "step" && row[position].Length > 0))
            .Select(row => string.Join(',', positions.Select(position => row[position])))];
    }

    /// <summary>How the first run ended, as its record says.</summary>
    public string? Status()
    {
        using var record = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(RunFolder, ".pluginloggers", "run.json")));
        return record.RootElement.GetProperty("status").GetString();
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
