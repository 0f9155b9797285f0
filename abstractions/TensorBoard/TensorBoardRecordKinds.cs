namespace PluginLoggers;

/// <summary>The kinds of open records that the TensorBoard backend reads.</summary>
public static class TensorBoardRecordKinds
{
    /// <summary>
    /// The payload is a serialized <see href="https://github.com/tensorflow/tensorflow/blob/v2.16.1/tensorflow/core/framework/summary.proto">Summary.Value</see>:
    /// whatever TensorBoard can show. Its tag is the name of the record.
    /// </summary>
    public const string Value = "tensorboard.value";

    /// <summary>
    /// The payload is a serialized <see href="https://github.com/tensorflow/tensorflow/blob/v2.16.1/tensorflow/core/framework/summary.proto">Summary</see>:
    /// values that belong together, each with a tag of its own.
    /// </summary>
    public const string Summary = "tensorboard.summary";
}
