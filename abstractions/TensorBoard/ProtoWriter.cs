using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace PluginLoggers;

/// <summary>
/// Writes messages in the <see href="https://protobuf.dev/programming-guides/encoding/">wire format of Protocol Buffers</see>. A value that
/// is the default of its type is left out, as proto3 does.
/// </summary>
internal sealed class ProtoWriter
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();

    public ProtoWriter Number(int field, ulong value)
    {
        if (value != 0)
        {
            Tag(field, type: 0);
            Varint(value);
        }

        return this;
    }

    /// <summary>One of several choices: it is written even if it is false.</summary>
    public ProtoWriter Bool(int field, bool value)
    {
        Tag(field, type: 0);
        Varint(value ? 1UL : 0);
        return this;
    }

    public ProtoWriter Double(int field, double value)
    {
        if (BitConverter.DoubleToUInt64Bits(value) != 0)
        {
            DoubleOfChoice(field, value);
        }

        return this;
    }

    /// <summary>A number that is one of several choices: it is written even if it is 0.</summary>
    public ProtoWriter DoubleOfChoice(int field, double value)
    {
        Tag(field, type: 1);
        Span<byte> bytes = stackalloc byte[sizeof(double)];
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
        _bytes.Write(bytes);
        return this;
    }

    public ProtoWriter Text(int field, string value) => value.Length == 0 ? this : Bytes(field, Encoding.UTF8.GetBytes(value));

    /// <summary>An item of a list, or one of several choices: it is written even if it is empty.</summary>
    public ProtoWriter Item(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    public ProtoWriter Bytes(int field, ReadOnlySpan<byte> value)
    {
        Tag(field, type: 2);
        Varint((uint)value.Length);
        _bytes.Write(value);
        return this;
    }

    public ProtoWriter Message(int field, ProtoWriter message) => Bytes(field, message._bytes.WrittenSpan);

    public ProtoWriter Numbers(int field, params ReadOnlySpan<long> values)
    {
        var packed = new ProtoWriter();
        foreach (var value in values)
        {
            packed.Varint((ulong)value);
        }

        return values.IsEmpty ? this : Message(field, packed);
    }

    public ProtoWriter Floats(int field, ReadOnlySpan<float> values)
    {
        if (values.IsEmpty)
        {
            return this;
        }

        var packed = new byte[values.Length * sizeof(float)];
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(packed.AsSpan(i * sizeof(float)), values[i]);
        }

        return Bytes(field, packed);
    }

    private void Tag(int field, int type) => Varint((uint)((field << 3) | type));

    private void Varint(ulong value)
    {
        for (; value > 0x7F; value >>= 7)
        {
            Byte((byte)(value | 0x80));
        }

        Byte((byte)value);
    }

    private void Byte(byte value)
    {
        _bytes.GetSpan(1)[0] = value;
        _bytes.Advance(1);
    }
}
