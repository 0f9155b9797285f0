using System.Text.Json;
using PluginLoggers.Hosting;

namespace PluginLoggers.Cli.Commands;

/// <summary>How far each backend of a run is, as <c>"loggers": [...]</c>.</summary>
internal static class DeliveriesJson
{
    public static void Write(Utf8JsonWriter json, IReadOnlyList<LoggerDelivery> deliveries)
    {
        json.WriteStartArray("loggers");
        foreach (var delivery in deliveries)
        {
            json.WriteStartObject();
            json.WriteString("key", delivery.Key);
            json.WriteString("type", delivery.Type);
            json.WriteString("location", delivery.Location);
            json.WriteBoolean("complete", delivery.IsComplete);
            json.WriteNumber("deliveredRecords", delivery.DeliveredRecords);
            json.WriteNumber("undeliveredBytes", delivery.UndeliveredBytes);
            json.WriteNumber("unsupportedRecords", delivery.UnsupportedRecords);
            json.WriteNumber("deadLetters", delivery.DeadLetters);
            json.WriteString("lastFailure", delivery.LastFailure);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
