namespace PluginLoggers.Hosting.Journal.Records;

/// <summary>Number of nodes; of each: name, operation, inputs, attributes.</summary>
internal static class GraphRecord
{
    public static void Write(RecordBuffer body, GraphData graph)
    {
        body.WriteVarint((uint)graph.Nodes.Count);
        foreach (var node in graph.Nodes)
        {
            body.WriteText(node.Name);
            body.WriteText(node.Operation);
            body.WriteVarint((uint)node.Inputs.Count);
            foreach (var input in node.Inputs)
            {
                body.WriteText(input);
            }

            body.WriteVarint((uint)(node.Attributes?.Count ?? 0));
            foreach (var (name, value) in node.Attributes ?? new Dictionary<string, string>())
            {
                body.WriteText(name);
                body.WriteText(value);
            }
        }
    }

    public static void Deliver(ref RecordReader body, ILightningLogger logger)
    {
        var nodes = new GraphNode[body.ReadCount(4)];
        for (var i = 0; i < nodes.Length; i++)
        {
            var (name, operation) = (body.ReadText(), body.ReadText());
            var inputs = new string[body.ReadCount(1)];
            for (var input = 0; input < inputs.Length; input++)
            {
                inputs[input] = body.ReadText();
            }

            var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
            for (var left = body.ReadCount(2); left > 0; left--)
            {
                var attribute = body.ReadText();
                attributes[attribute] = body.ReadText();
            }

            nodes[i] = new GraphNode(name, operation, inputs, attributes.Count > 0 ? attributes : null);
        }

        logger.LogGraph(new GraphData(nodes));
    }
}
