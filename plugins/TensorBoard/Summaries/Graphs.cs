using System.Globalization;
using Google.Protobuf;
using PluginLoggers.TensorBoard.Protos;

namespace PluginLoggers.TensorBoard;

/// <summary>A model's graph as the GRAPHS tab reads it.</summary>
internal static class Graphs
{
    /// <summary>The version of the format, as torch writes it.</summary>
    private const int Producer = 22;

    public static ByteString ToGraphDef(GraphData graph)
    {
        var definition = new GraphDef { Versions = new VersionDef { Producer = Producer } };
        foreach (var node in graph.Nodes)
        {
            var written = new NodeDef { Name = node.Name, Op = node.Operation };
            written.Input.AddRange(node.Inputs);
            foreach (var (name, value) in node.Attributes ?? new Dictionary<string, string>())
            {
                written.Attr[name] = new AttrValue { S = ByteString.CopyFromUtf8(value) };
            }

            definition.Node.Add(written);
        }

        return definition.ToByteString();
    }

    /// <summary>The graph as it is described without TensorFlow; an attribute of another kind than text is its text.</summary>
    public static GraphData FromGraphDef(GraphDef definition) => new([.. definition.Node.Select(node => new GraphNode(
        node.Name,
        node.Op,
        [.. node.Input],
        node.Attr.Count == 0 ? null : node.Attr.ToDictionary(named => named.Key, named => TextOf(named.Value), StringComparer.Ordinal)))]);

    private static string TextOf(AttrValue value) => value.ValueCase switch
    {
        AttrValue.ValueOneofCase.S => value.S.ToStringUtf8(),
        AttrValue.ValueOneofCase.I => value.I.ToString(CultureInfo.InvariantCulture),
        AttrValue.ValueOneofCase.F => value.F.ToString(CultureInfo.InvariantCulture),
        AttrValue.ValueOneofCase.B => value.B ? "true" : "false",
        AttrValue.ValueOneofCase.Type => value.Type.ToString(),
        AttrValue.ValueOneofCase.Shape => TextOf(value.Shape),
        AttrValue.ValueOneofCase.Placeholder => value.Placeholder,
        AttrValue.ValueOneofCase.List => "[" + string.Join(", ", TextsOf(value.List)) + "]",
        AttrValue.ValueOneofCase.Tensor => $"tensor of {value.Tensor.Dtype} {TextOf(value.Tensor.TensorShape)}",
        _ => "",
    };

    private static string TextOf(TensorShapeProto? shape) => shape is { UnknownRank: true }
        ? "?"
        : "[" + string.Join(", ", (shape?.Dim ?? []).Select(dim => dim.Size.ToString(CultureInfo.InvariantCulture))) + "]";

    private static IEnumerable<string> TextsOf(AttrValue.Types.ListValue list) =>
    [
        .. list.S.Select(item => item.ToStringUtf8()),
        .. list.I.Select(item => item.ToString(CultureInfo.InvariantCulture)),
        .. list.F.Select(item => item.ToString(CultureInfo.InvariantCulture)),
        .. list.B.Select(item => item ? "true" : "false"),
        .. list.Type.Select(item => item.ToString()),
        .. list.Shape.Select(TextOf),
    ];
}
