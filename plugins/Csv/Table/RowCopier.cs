using System.Numerics;
using System.Runtime.Intrinsics;
using PluginLoggers.Csv.Storage;

namespace PluginLoggers.Csv.Table;

/// <summary>Copies rows, with so many empty cells more at the right of each.</summary>
/// <param name="writer">Where they go.</param>
/// <param name="separator">Stands between cells.</param>
/// <param name="added">How many cells are added.</param>
internal sealed class RowCopier(BlockWriter writer, byte separator, int added)
{
    /// <summary>
    /// The end of a row. Rows are numbers: a carriage return is the end of one, and nothing else. Searching it, and not the line feed,
    /// makes a block's end no case.
    /// </summary>
    private const byte End = (byte)'\r';

    /// <summary>What copying one vector can write, with what is written too much.</summary>
    private int RoomOfOne => (2 * Vector256<byte>.Count) + added + 1;

    /// <param name="rows">From the first row on, whole rows only.</param>
    /// <param name="block">A buffer to read through.</param>
    public void Copy(Stream rows, byte[] block)
    {
        for (int length; (length = rows.Read(block)) > 0;)
        {
            var from = block.AsSpan(0, length);
            while (from.Length >= Vector256<byte>.Count)
            {
                var copied = Copy(from, writer.Room(RoomOfOne), out var written);
                writer.Advance(written);
                from = from[copied..];
            }

            CopyRest(from);
        }
    }

    /// <summary>
    /// Copies vector by vector, each up to the end of a row, where the next one begins; as long as there is one to read, and room for it.
    /// </summary>
    private int Copy(ReadOnlySpan<byte> from, Span<byte> to, out int written)
    {
        var (ends, separators) = (Vector256.Create(End), Vector256.Create(separator));
        var (read, lastRead) = (0, from.Length - Vector256<byte>.Count);
        var lastWritten = to.Length - RoomOfOne;
        written = 0;
        while (read <= lastRead && written <= lastWritten)
        {
            var vector = Vector256.Create(from[read..]);
            vector.CopyTo(to[written..]);
            var mask = Vector256.Equals(vector, ends).ExtractMostSignificantBits();
            if (mask == 0)
            {
                read += Vector256<byte>.Count;
                written += Vector256<byte>.Count;
                continue;
            }

            var end = BitOperations.TrailingZeroCount(mask);
            read += end + 1;
            written += end;
            if (added <= Vector256<byte>.Count)
            {
                separators.CopyTo(to[written..]);
            }
            else
            {
                to.Slice(written, added).Fill(separator);
            }

            written += added;
            to[written++] = End;
        }

        return read;
    }

    private void CopyRest(ReadOnlySpan<byte> from)
    {
        for (int end; (end = from.IndexOf(End)) >= 0; from = from[(end + 1)..])
        {
            writer.Write(from[..end]);
            var room = writer.Room(added + 1);
            room[..added].Fill(separator);
            room[added] = End;
            writer.Advance(added + 1);
        }

        writer.Write(from);
    }
}
