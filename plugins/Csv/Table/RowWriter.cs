namespace PluginLoggers.Csv.Table;

/// <summary>Writes rows through a buffer. What has not been flushed is not in the stream.</summary>
/// <param name="buffer">The buffer, of any length that holds a number; a save whose rows fit is one write.</param>
/// <param name="format">How cells are written.</param>
internal sealed class RowWriter(Stream stream, byte[] buffer, CsvFormat format)
{
    private int _length;

    /// <summary>Writes one row: its cells, sorted by column, and nothing where it has none.</summary>
    /// <param name="columns">The column of each cell.</param>
    /// <param name="bits">A whole number for the step, the bits of a double for all others.</param>
    /// <param name="step">The column of the step.</param>
    /// <param name="width">How many columns there are.</param>
    public void WriteRow(ReadOnlySpan<int> columns, ReadOnlySpan<long> bits, int step, int width)
    {
        var column = 0;
        for (var i = 0; i < columns.Length; i++)
        {
            WriteSeparators(columns[i] - column);
            column = columns[i];
            var room = Room(format.Numbers.MaxLength);
            _length += column == step
                ? NumberText.Write(bits[i], room)
                : format.Numbers.Write(BitConverter.Int64BitsToDouble(bits[i]), room);
        }

        WriteSeparators(width - 1 - column);
        Write("\r\n"u8);
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
                Write(rest[..end]);
                WriteSeparators(added);
                Write("\r"u8);
            }

            Write(rest);
        }
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > buffer.Length - _length)
        {
            Flush();
            if (bytes.Length > buffer.Length)
            {
                stream.Write(bytes);
                return;
            }
        }

        bytes.CopyTo(buffer.AsSpan(_length));
        _length += bytes.Length;
    }

    public void Flush()
    {
        stream.Write(buffer, 0, _length);
        _length = 0;
    }

    private void WriteSeparators(int count)
    {
        for (; count > 0;)
        {
            var length = Math.Min(count, Room(1).Length);
            buffer.AsSpan(_length, length).Fill(format.Separator);
            _length += length;
            count -= length;
        }
    }

    private Span<byte> Room(int length)
    {
        if (buffer.Length - _length < length)
        {
            Flush();
        }

        return buffer.AsSpan(_length);
    }
}
