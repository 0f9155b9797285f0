using System.Text;

namespace PluginLoggers.TensorBoard;

/// <summary>What a scalar's event holds between its head and its value: the same whenever its tag is.</summary>
internal sealed class ScalarTag
{
    /// <summary>Most are no longer. Copying so many bytes takes one move, copying those that are there a call.</summary>
    public const int Usual = 32;

    // A field's number and wire type: number << 3 | type.
    public const byte Summary = (5 << 3) | 2;
    public const byte Value = (1 << 3) | 2;
    public const byte Tag = (1 << 3) | 2;
    public const byte SimpleValue = (2 << 3) | 5;

    private readonly byte[] _bytes;

    public ScalarTag(string tag)
    {
        var tagLength = Encoding.UTF8.GetByteCount(tag);
        var valueLength = (tagLength == 0 ? 0 : 1 + Varint.Length((uint)tagLength) + tagLength) + 1 + sizeof(float);
        var summaryLength = 1 + Varint.Length((uint)valueLength) + valueLength;
        Length = 1 + Varint.Length((uint)summaryLength) + summaryLength - sizeof(float);
        _bytes = new byte[Math.Max(Usual, Length)];

        var at = Begin(0, Summary, summaryLength);
        at = Begin(at, Value, valueLength);
        if (tagLength > 0)
        {
            at = Begin(at, Tag, tagLength);
            at += Encoding.UTF8.GetBytes(tag, _bytes.AsSpan(at));
        }

        // Part of a oneof: written even where the value is 0.
        _bytes[at] = SimpleValue;
    }

    public int Length { get; }

    public ReadOnlySpan<byte> Padded => _bytes;

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Length);

    private int Begin(int at, byte field, int length)
    {
        _bytes[at] = field;
        return at + 1 + Varint.Write(_bytes.AsSpan(at + 1), (uint)length);
    }
}
