using System.Text.Json.Nodes;
using Google.Protobuf;

namespace PluginLoggers.TensorBoard.Tests;

/// <summary>
/// A layout of custom scalars as JSON, by the field numbers of
/// <see href="https://github.com/tensorflow/tensorboard/blob/2.16.2/tensorboard/plugins/custom_scalar/layout.proto">layout.proto</see>.
/// </summary>
internal static class LayoutJson
{
    private static readonly Field[] Series = [new(1, "value"), new(2, "lower"), new(3, "upper")];
    private static readonly Field[] Chart =
    [
        new(1, "title"), new(2, "multiline", [new(1, "tag", IsRepeated: true)]), new(
            3, "margin", [new(1, "series", Series, IsRepeated: true)]),
    ];

    private static readonly Field[] Layout =
    [
        new(2, "category", [new(1, "title"), new(2, "chart", Chart, IsRepeated: true), new(3, "closed")], IsRepeated: true),
    ];

    /// <summary>The JSON as Python writes it.</summary>
    public static string Of(ByteString bytes) => Text(Message(bytes, Layout));

    private static JsonObject Message(ByteString bytes, Field[] fields)
    {
        var json = new JsonObject();
        var input = bytes.CreateCodedInput();
        for (var tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            var field = fields.Single(field => field.Number == WireFormat.GetTagFieldNumber(tag));
            JsonNode value = field.Fields is not null ? Message(input.ReadBytes(), field.Fields)
                : WireFormat.GetTagWireType(tag) == WireFormat.WireType.Varint ? input.ReadBool()
                : input.ReadString();
            if (field.IsRepeated)
            {
                json[field.Name] ??= new JsonArray();
                json[field.Name]!.AsArray().Add(value);
            }
            else
            {
                json[field.Name] = value;
            }
        }

        return json;
    }

    private static string Text(JsonNode? node) => node switch
    {
        JsonObject json => "{" + string.Join(", ", json.Select(field => $"\"{field.Key}\": {Text(field.Value)}")) + "}",
        JsonArray array => "[" + string.Join(", ", array.Select(Text)) + "]",
        _ => node!.ToJsonString(),
    };

    private sealed record Field(int Number, string Name, Field[]? Fields = null, bool IsRepeated = false);
}
