namespace PluginLoggers.TensorBoard;

/// <summary>What a tag holds.</summary>
internal enum SummaryKind
{
    Scalar,
    Text,
    Image,
    Histogram,
    Audio,
}
