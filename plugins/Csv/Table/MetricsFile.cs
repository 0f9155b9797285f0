using PluginLoggers.Csv.Storage;
using PluginLoggers.Storage;

namespace PluginLoggers.Csv.Table;

/// <summary>
/// The file of a table: a header, and rows of numbers, each ended by CR LF. Every byte up to the last line end is whole rows.
/// </summary>
/// <remarks>
/// <para>Rows are appended. For a new column a new file is written, which takes the place of the old one by a rename; whoever reads the old
/// one goes on reading it (follow it with <c>tail -F</c>, by name). On Windows the rename fails, and is tried again, while somebody reads
/// without <see cref="FileShare.Delete"/>.</para>
/// <para>The file is opened for each save and closed after it: deleted or replaced by another program, it is missed at once.</para>
/// </remarks>
internal sealed class MetricsFile(string path, CsvFormat format)
{
    private const int BlockLength = 256 * 1024;

    // What a file system reads and writes at once, reused from save to save.
    private byte[]? _buffer;
    private byte[]? _copyBuffer;
    private long _length;
    private long _headerLength;
    private int _width;

    public string Path { get; } = path;

    public long Rows { get; private set; }

    private byte[] Buffer => _buffer ??= new byte[BlockLength];

    /// <summary>Cuts the file back to so many rows, and goes on from there; no rows is no file.</summary>
    /// <returns>The columns of the file, among them perhaps some that no row is left to fill; or none.</returns>
    /// <exception cref="InvalidDataException">The file is gone, shorter than that, or no table of ours.</exception>
    public IReadOnlyList<string> CutBack(long rows)
    {
        (Rows, _length, _headerLength, _width) = (0, 0, 0, 0);
        if (rows == 0)
        {
            DurableFile.Delete(Path);
            return [];
        }

        IReadOnlyList<string> names = [];
        _length = TableFile.CutBack(Path, rows, file =>
        {
            int headerLength;
            (names, headerLength) = CsvHeader.Read(file, format.Separator);
            if (!names.Contains("step", StringComparer.Ordinal))
            {
                throw new InvalidDataException("its header has no column 'step'");
            }

            file.Position = headerLength;
            (_headerLength, _width) = (headerLength, names.Count);
            return headerLength + RowScanner.LengthOf(rows, file, names.Count, format);
        });
        Rows = rows;
        return names;
    }

    /// <summary>Writes the rows, and syncs them.</summary>
    /// <exception cref="IOException">The file was changed by another program; or what a disk may say.</exception>
    public void Append(ColumnTable columns, RowRuns rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        if (columns.Count > _width)
        {
            Rewrite(columns, rows);
        }
        else
        {
            using var file = Open(FileAccess.Write);
            file.Position = _length;
            DurableStep.Before("write", Path);
            Write(rows, columns, new BlockWriter(file, Buffer));
            DurableStep.Before("sync", Path);
            file.Flush(flushToDisk: true);
            _length = file.Position;
        }

        Rows += rows.Count;
    }

    private void Rewrite(ColumnTable columns, RowRuns rows)
    {
        var header = CsvHeader.ToBytes(columns.Names, format);
        using var old = Rows > 0 ? new OldFile(Open(FileAccess.Read)) : null;
        DurableFile.Replace(Path, file =>
        {
            var writer = new BlockWriter(file, Buffer);
            writer.Write(header);
            old?.Read(stream =>
            {
                stream.Position = _headerLength;
                new RowCopier(writer, format.Separator, columns.Count - _width).Copy(stream, _copyBuffer ??= new byte[BlockLength]);
            });

            Write(rows, columns, writer);
            _length = file.Position;
        });
        (_headerLength, _width) = (header.Length, columns.Count);
    }

    private void Write(RowRuns rows, ColumnTable columns, BlockWriter writer)
    {
        var rowWriter = new RowWriter(writer, format, columns.Count);
        foreach (ref readonly var run in rows.Runs)
        {
            rowWriter.Write(rows.ColumnsOf(run), rows.CellsOf(run));
        }

        writer.Flush();
    }

    private FileStream Open(FileAccess access) => TableFile.Open(Path, access, _length);
}
