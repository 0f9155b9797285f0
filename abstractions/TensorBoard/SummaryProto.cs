namespace PluginLoggers;

/// <summary>
/// Values of a <see href="https://github.com/tensorflow/tensorflow/blob/v2.16.1/tensorflow/core/framework/summary.proto">Summary</see>,
/// with tensors as in
/// <see href="https://github.com/tensorflow/tensorflow/blob/v2.16.1/tensorflow/core/framework/tensor.proto">tensor.proto</see>.
/// </summary>
internal static class SummaryProto
{
    private const ulong Float = 1;
    private const ulong String = 7;

    /// <summary>A value without a tag, which is the name of its record.</summary>
    public static byte[] Value(string plugin, ProtoWriter content, ProtoWriter? tensor) => Value("", plugin, content, tensor).ToArray();

    public static ProtoWriter Value(string tag, string plugin, ProtoWriter content, ProtoWriter? tensor)
    {
        var value = new ProtoWriter().Text(1, tag);
        if (tensor is not null)
        {
            value.Message(8, tensor);
        }

        var data = new ProtoWriter().Text(1, plugin);
        var bytes = content.ToArray();
        return value.Message(9, new ProtoWriter().Message(1, bytes.Length == 0 ? data : data.Bytes(2, bytes)));
    }

    /// <summary>A summary of several values.</summary>
    public static byte[] Summary(IEnumerable<ProtoWriter> values)
    {
        var summary = new ProtoWriter();
        foreach (var value in values)
        {
            summary.Message(1, value);
        }

        return summary.ToArray();
    }

    public static ProtoWriter Floats(ReadOnlySpan<float> values, params ReadOnlySpan<long> shape) =>
        new ProtoWriter().Number(1, Float).Message(2, Shape(shape)).Floats(5, values);

    public static ProtoWriter Bytes(ProtoWriter value) => new ProtoWriter().Number(1, String).Message(2, Shape([])).Message(8, value);

    private static ProtoWriter Shape(ReadOnlySpan<long> sizes)
    {
        var shape = new ProtoWriter();
        foreach (var size in sizes)
        {
            shape.Message(2, new ProtoWriter().Number(1, (ulong)size));
        }

        return shape;
    }
}
