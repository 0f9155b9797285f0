namespace PluginLoggers;

/// <summary>The graph of a model: its nodes, each with those it reads from.</summary>
/// <param name="Nodes">The nodes. An input that names none of them is shown as it is.</param>
public sealed record GraphData(IReadOnlyList<GraphNode> Nodes);
