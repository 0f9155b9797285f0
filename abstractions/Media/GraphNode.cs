namespace PluginLoggers;

/// <summary>One node of a model's graph.</summary>
/// <param name="Name">Its name; <c>/</c> makes groups (<c>encoder/layer1/linear</c>).</param>
/// <param name="Operation">What it does, such as <c>Linear</c>.</param>
/// <param name="Inputs">The names of the nodes it reads from, in order.</param>
/// <param name="Attributes">What else is to be shown; null for nothing.</param>
public sealed record GraphNode(
    string Name, string Operation, IReadOnlyList<string> Inputs, IReadOnlyDictionary<string, string>? Attributes = null);
