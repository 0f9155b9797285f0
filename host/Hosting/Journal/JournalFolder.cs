using System.Globalization;

namespace PluginLoggers.Hosting.Journal;

/// <summary>The journal files of a run: <c>0001.journal</c>, <c>0002.journal</c> and so on, one for each process that wrote it.</summary>
internal sealed class JournalFolder(string directory)
{
    private const string Extension = ".journal";

    private (int Number, JournalWriter Writer)? _live;

    /// <summary>The numbers of the files there are, rising.</summary>
    public IReadOnlyList<int> Numbers =>
    [
        .. Directory.EnumerateFiles(directory, "*" + Extension)
            .Select(path => Path.GetFileNameWithoutExtension(path))
            .Select(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0)
            .Where(number => number > 0)
            .Order(),
    ];

    /// <summary>Whether files of the run's beginning were deleted.</summary>
    public bool IsBeginningGone => Numbers is [> 1, ..];

    /// <summary>The number of the newest file; 0 if there is none.</summary>
    public int Last => Numbers is [.., var last] ? last : 0;

    /// <summary>When the newest file was last written; long ago if there is none.</summary>
    public DateTimeOffset LastWritten => File.GetLastWriteTimeUtc(PathOf(Last));

    public string PathOf(int number) => Path.Combine(directory, number.ToString("D4", CultureInfo.InvariantCulture) + Extension);

    /// <summary>Creates the next file for this process.</summary>
    /// <param name="after">The number of a file that was there once, and is deleted by now.</param>
    /// <param name="time">Stamps the records.</param>
    /// <param name="largestStep">The largest step of the run so far.</param>
    /// <param name="hasEnded">Whether the run had ended: what is logged opens it again.</param>
    /// <param name="published">Set when there is more to read.</param>
    /// <param name="refused">Told when the disk refuses, and when it takes writes again.</param>
    /// <param name="isResumed">Whether another process wrote the run before.</param>
    public RunJournal Create(
        int after,
        TimeProvider time,
        long? largestStep,
        bool hasEnded,
        JournalSignal published,
        Action<Exception?> refused,
        bool isResumed = false)
    {
        var number = Math.Max(Last, after) + 1;
        var file = new JournalFile(PathOf(number));
        try
        {
            var journal = new RunJournal(file, time, largestStep, hasEnded, published, refused, isResumed: isResumed);
            _live = (number, journal.Writer);
            return journal;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Up to where a file may be read now: the writer's own is read as far as it is written, an old one to its end.</summary>
    public long LimitOf(int number, BlockReader reader) =>
        _live is { } live && live.Number == number ? live.Writer.Written : reader.FileLength;

    /// <summary>The first file after this one; null if there is none.</summary>
    public int? After(int number)
    {
        if (_live?.Number == number)
        {
            return null;
        }

        foreach (var candidate in Numbers)
        {
            if (candidate > number)
            {
                return candidate;
            }
        }

        return null;
    }

    /// <summary>Deletes the files that end at a position, or before. Whoever reads one goes on reading it.</summary>
    public void DeleteUpTo(JournalPosition position)
    {
        var isAll = position.CompareTo(End()) >= 0;
        foreach (var number in Numbers.Where(number => number < position.Journal || isAll))
        {
            File.Delete(PathOf(number));
        }
    }

    /// <summary>How many bytes of the files lie between two positions.</summary>
    public long BytesBetween(JournalPosition from, JournalPosition to)
    {
        long bytes = 0;
        foreach (var number in Numbers.Where(number => number >= from.Journal && number <= to.Journal))
        {
            using var reader = new BlockReader(PathOf(number));
            var start = number == from.Journal ? from.Offset : JournalFormat.HeaderLength;
            var end = number == to.Journal ? to.Offset : LimitOf(number, reader);
            bytes += Math.Max(0, end - start);
        }

        return bytes;
    }

    /// <summary>Where the newest file ends; where delivery of everything that is there now will stand.</summary>
    public JournalPosition End()
    {
        var last = Last;
        if (last == 0)
        {
            return JournalPosition.Start;
        }

        using var reader = new BlockReader(PathOf(last));
        return new JournalPosition(last, LimitOf(last, reader), 0);
    }
}
