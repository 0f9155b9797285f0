using Google.Protobuf;
using PluginLoggers.TensorBoard.Protos;

namespace PluginLoggers.TensorBoard.Tests;

/// <summary>Makes event files as any other writer would.</summary>
internal static class EventFileMaker
{
    public static byte[] Bytes(params IEnumerable<Event> events)
    {
        using var file = new MemoryStream();
        foreach (var payload in events.Select(made => made.ToByteArray()))
        {
            var length = BitConverter.GetBytes((ulong)payload.Length);
            file.Write(length);
            file.Write(BitConverter.GetBytes(TableCrc32C.Masked(length)));
            file.Write(payload);
            file.Write(BitConverter.GetBytes(TableCrc32C.Masked(payload)));
        }

        return file.ToArray();
    }

    public static Event Scalar(string tag, long step, float value, double wallTime = 1_700_000_000) =>
        Of(new Summary.Types.Value { Tag = tag, SimpleValue = value }, step, wallTime);

    public static Event Of(Summary.Types.Value value, long step = 0, double wallTime = 1_700_000_000) =>
        new() { WallTime = wallTime, Step = step, Summary = new Summary { Value = { value } } };

    public static Event Tensor(string tag, string plugin, TensorProto tensor, long step = 0) => Of(
        new Summary.Types.Value { Tag = tag, Tensor = tensor, Metadata = SummaryValues.Metadata(plugin, ByteString.Empty) }, step);

    public static TensorProto Tensor(DataType type, params long[] shape)
    {
        var tensor = new TensorProto { Dtype = type, TensorShape = new TensorShapeProto() };
        tensor.TensorShape.Dim.AddRange(shape.Select(size => new TensorShapeProto.Types.Dim { Size = size }));
        return tensor;
    }
}
