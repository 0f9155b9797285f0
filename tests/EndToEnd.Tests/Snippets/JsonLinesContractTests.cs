using System.Text.Json;
using System.Text.Json.Serialization;
using PluginLoggers;
using PluginLoggers.Contract;

namespace ThirdParty;

/// <summary>The plug-in that the README shows keeps every promise of a backend.</summary>
public sealed class JsonLinesContractTests : LightningLoggerContractTests
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    protected override ILightningLogger Create(LoggerContext context) => new JsonLinesPlugin().Create(new JsonLinesOptions(), context);

    protected override IReadOnlyList<RecordedPoint> ReadMetrics(LoggerContext context)
    {
        var file = Path.Combine(context.OutputDirectory, "metrics.jsonl");
        return File.Exists(file)
            ? [.. File.ReadLines(file).Select(static line => JsonSerializer.Deserialize<RecordedPoint>(line, Json)!)]
            : [];
    }
}
