using System.Text.Json.Serialization;

namespace PluginLoggers.Hosting.Delivery;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Cursor))]
[JsonSerializable(typeof(DeadLetter))]
internal sealed partial class DeliveryJson : JsonSerializerContext;
