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
}
