using System.Buffers.Binary;
using System.Text;

namespace PluginLoggers.Hosting.Tests;

/// <summary>
/// Reads the scalars of TensorBoard event files, by the wire format alone: of each event field 2 (step) and 5 (summary), of that field 1
/// (value), of that fields 1 (tag) and 2 (value).
/// </summary>
internal static class EventFile
{
    public static List<(string Tag, long Step, float Value)> Scalars(string folder) =>
        [.. Directory.EnumerateFiles(folder, "events.out.tfevents.*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).SelectMany(Read)];

    private static List<(string Tag, long Step, float Value)> Read(string path)
    {
        var scalars = new List<(string, long, float)>();
        ReadOnlySpan<byte> file = File.ReadAllBytes(path);
        while (file.Length > 0)
        {
            var length = (int)BinaryPrimitives.ReadInt64LittleEndian(file);
            var step = 0L;
            foreach (var (field, number, bytes) in Fields(file.Slice(12, length).ToArray()))
            {
                step = field == 2 ? number : step;
                foreach (var value in field == 5 ? Fields(bytes) : [])
                {
                    var parts = Fields(value.Bytes);
                    var simple = parts.Find(part => part.Field == 2);
                    scalars.Add((
                        Encoding.UTF8.GetString(parts.First(part => part.Field == 1).Bytes),
                        step,
                        BitConverter.Int32BitsToSingle((int)simple.Number)));
                }
            }

            file = file[(12 + length + 4)..];
        }

        return scalars;
    }

    private static List<(int Field, long Number, byte[] Bytes)> Fields(byte[] message)
    {
        var fields = new List<(int, long, byte[])>();
        for (var at = 0; at < message.Length;)
        {
            var key = Varint(message, ref at);
            var (number, bytes) = (0L, Array.Empty<byte>());
            switch (key & 7)
            {
                case 0:
                    number = Varint(message, ref at);
                    break;
                case 1:
                    at += 8;
                    break;
                case 2:
                    var length = (int)Varint(message, ref at);
                    bytes = message[at..(at + length)];
                    at += length;
                    break;
                default:
                    number = BinaryPrimitives.ReadInt32LittleEndian(message.AsSpan(at));
                    at += 4;
                    break;
            }

            fields.Add(((int)(key >> 3), number, bytes));
        }

        return fields;
    }

    private static long Varint(byte[] message, ref int at)
    {
        var value = 0L;
        for (var shift = 0; ; shift += 7)
        {
            var part = message[at++];
            value |= (long)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }
    }
}
