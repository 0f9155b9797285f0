using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using PluginLoggers;

namespace ThirdParty;

public sealed class JsonLinesOptions
{
    public string FileName { get; set; } = "metrics.jsonl";
}

[LoggerPlugin("JsonLines")]
public sealed class JsonLinesPlugin : ILoggerPlugin<JsonLinesOptions>
{
    public ILightningLogger Create(JsonLinesOptions options, LoggerContext context) => new JsonLinesLogger(options, context);
}

internal sealed class JsonLinesLogger(JsonLinesOptions options, LoggerContext context) : LightningLoggerBase(context)
{
    private static readonly JsonSerializerOptions Json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    private readonly string _path = Path.Combine(context.OutputDirectory, options.FileName);
    private readonly MemoryStream _unsaved = new();
    private long _length = long.Parse(context.Bookmark ?? "0", CultureInfo.InvariantCulture);

    public override string? Bookmark => _length.ToString(CultureInfo.InvariantCulture);

    public override void LogMetrics(ReadOnlySpan<Metric> metrics, long? step = null)
    {
        foreach (var metric in metrics)
        {
            JsonSerializer.Serialize(_unsaved, new { step, name = metric.Name, value = metric.Value }, Json);
            _unsaved.WriteByte((byte)'\n');
        }
    }

    protected override ValueTask SaveAsyncCore(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        using var file = new FileStream(_path, FileMode.OpenOrCreate, FileAccess.Write);
        if (file.Length < _length)
        {
            throw new InvalidDataException($"{_path} is shorter than it was.");
        }

        file.SetLength(_length); // Whatever followed the bookmark comes again.
        file.Seek(0, SeekOrigin.End);
        _unsaved.WriteTo(file);
        _unsaved.SetLength(0);
        file.Flush(flushToDisk: true);
        _length = file.Length;
        return ValueTask.CompletedTask;
    }
}
