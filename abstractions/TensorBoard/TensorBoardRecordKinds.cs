namespace PluginLoggers;

/// <summary>The kinds of open records that the TensorBoard backend reads.</summary>
public static class TensorBoardRecordKinds
{
    /// <summary>
    /// The payload is a serialized
    /// <see href="https://github.com/tensorflow/tensorflow/blob/v2.16.1/tensorflow/core/framework/summary.proto">Summary.Value</see>:
    /// whatever TensorBoard can show. Its tag is the name of the record.
    /// </summary>
    public const string Value = "tensorboard.value";

    /// <summary>
    /// The payload is a serialized
    /// <see href="https://github.com/tensorflow/tensorflow/blob/v2.16.1/tensorflow/core/framework/summary.proto">Summary</see>: values that
    /// belong together, each with a tag of its own.
    /// </summary>
    public const string Summary = "tensorboard.summary";

    /// <summary>
    /// The payload is a message of <see href="https://protobuf.dev">Protocol Buffers</see>: the number of dimensions (field 1, varint), the
    /// vectors one after the other (2, packed floats), their labels (3, strings), the sprite as an image file (4, bytes), and the width (5)
    /// and height (6) of one image in it (varints).
    /// </summary>
    public const string Embedding = "tensorboard.embedding";
}
