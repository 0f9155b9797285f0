namespace PluginLoggers;

/// <summary>A metric by which runs are compared: a column of TensorBoard's HPARAMS tab, with the last value of each run.</summary>
/// <param name="Name">Its name as it is logged.</param>
public sealed record ComparedMetric(string Name)
{
    /// <summary>What stands above the column; empty for the name.</summary>
    public string DisplayName { get; init; } = "";

    /// <summary>What is said about it, as Markdown.</summary>
    public string Description { get; init; } = "";

    internal ProtoWriter ToMessage() =>
        new ProtoWriter().Message(1, new ProtoWriter().Text(2, Name)).Text(3, DisplayName).Text(4, Description);
}
