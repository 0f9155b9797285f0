namespace PluginLoggers;

/// <summary>Charts of TensorBoard's CUSTOM SCALARS tab that stand together.</summary>
/// <param name="Title">What stands above them.</param>
/// <param name="Charts">The charts, in order.</param>
/// <param name="IsClosed">Whether it is folded up at first.</param>
public sealed record ScalarChartCategory(string Title, IReadOnlyList<ScalarChart> Charts, bool IsClosed = false)
{
    internal ProtoWriter ToMessage()
    {
        var message = new ProtoWriter().Text(1, Title);
        foreach (var chart in Charts)
        {
            message.Message(2, chart.ToMessage());
        }

        return message.Number(3, IsClosed ? 1UL : 0);
    }
}
