using System.Runtime.CompilerServices;

namespace PluginLoggers.Csv.Table;

/// <summary>Writes rows through a buffer. What has not been flushed is not in the stream.</summary>
/// <param name="buffer">The buffer, of any length; a save whose rows fit is one write.</param>
/// <param name="format">How cells are written.</param>
internal sealed class RowWriter(Stream stream, byte[] buffer, CsvFormat format)
{
    private byte[] _buffer = buffer;
    private int _length;

    private static ReadOnlySpan<byte> LineEnd => "\r\n"u8;

    /// <summary>Writes one row: its cells, sorted by column, and nothing where it has none.</summary>
    /// <param name="columns">The column of each cell.</param>
    /// <param name="bits">A whole number for the step, the bits of a double for all others.</param>
    /// <param name="step">The column of the step.</param>
    /// <param name="width">How many columns there are.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void WriteRow(ReadOnlySpan<int> columns, ReadOnlySpan<long> bits, int step, int width)
    {
        // Room is asked for once a row. The method is one of its own, so that it is compiled for good: the loop that calls it runs long and
        // rarely.
        var room = Room((columns.Length * format.Numbers.MaxLength) + width + LineEnd.Length);
        var (length, column) = (0, 0);
        for (var i = 0; i < columns.Length; i++)
        {
            length += WriteSeparators(room[length..], columns[i] - column);
            column = columns[i];
            length += column == step
                ? NumberText.Write(bits[i], room[length..])
                : format.Numbers.Write(BitConverter.Int64BitsToDouble(bits[i]), room[length..]);
        }

        length += WriteSeparators(room[length..], width - 1 - column);
        LineEnd.CopyTo(room[length..]);
        _length += length + LineEnd.Length;
    }

    /// <summary>Copies rows, with so many empty cells more at the right of each.</summary>
    /// <param name="rows">From the first row on, whole rows only.</param>
    /// <param name="added">How many cells are added.</param>
    /// <param name="block">A buffer to read through.</param>
    public void CopyWider(Stream rows, int added, byte[] block)
    {
        for (int length; (length = rows.Read(block)) > 0;)
        {
            // Rows are numbers: a carriage return is the end of one, and nothing else. Searching it, and not the line feed, makes a
            // block's end no case.
            var rest = block.AsSpan(0, length);
            for (int end; (end = rest.IndexOf((byte)'\r')) >= 0; rest = rest[(end + 1)..])
            {
                var room = Room(end + added + 1);
                rest[..end].CopyTo(room);
                WriteSeparators(room[end..], added);
                room[end + added] = (byte)'\r';
                _length += end + added + 1;
            }

            Write(rest);
        }
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _buffer.Length - _length)
        {
            Flush();
            if (bytes.Length > _buffer.Length)
            {
                stream.Write(bytes);
                return;
            }
        }

        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
    }

    public void Flush()
    {
        stream.Write(_buffer, 0, _length);
        _length = 0;
    }

    private int WriteSeparators(Span<byte> target, int count)
    {
        if (count == 1)
        {
            target[0] = format.Separator;
        }
        else
        {
            target[..count].Fill(format.Separator);
        }

        return count;
    }

    private Span<byte> Room(int length)
    {
        if (_buffer.Length - _length < length)
        {
            Flush();
            if (_buffer.Length < length)
            {
                _buffer = new byte[length];
            }
        }

        return _buffer.AsSpan(_length);
    }
}
