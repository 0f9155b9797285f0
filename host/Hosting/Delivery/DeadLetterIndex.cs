using System.Text;
using System.Text.Json;
using PluginLoggers.Hosting.Journal;
using PluginLoggers.Hosting.Storage;
using PluginLoggers.Storage;

namespace PluginLoggers.Hosting.Delivery;

/// <summary>
/// The dead letters of one logger: a line of JSON each, written before the cursor that passes them.
/// </summary>
/// <remarks>
/// A letter counts when the cursor behind it is stored. One for which that failed, or before which a crash came, is cut off: its record is
/// met again, and may be taken then.
/// </remarks>
internal sealed class DeadLetterIndex
{
    public const string Suffix = ".dead-letters.jsonl";

    private readonly string _path;
    private readonly List<DeadLetter> _new = [];
    private long _length;
    private long _written;
    private bool _mayBeLonger;

    /// <param name="path">The file.</param>
    /// <param name="cursor">Where delivery goes on: what was entered behind it will be met again.</param>
    public DeadLetterIndex(string path, JournalPosition cursor)
    {
        _path = path;
        if (File.Exists(path))
        {
            var content = DurableFile.Read(path);
            _length = _written = LengthBefore(content, cursor);
            _mayBeLonger = content.Length > _length;
        }
    }

    /// <summary>Notes a letter; it stands in the file after the next save.</summary>
    public void Add(DeadLetter letter) => _new.Add(letter);

    /// <summary>Writes what was noted. It counts when the cursor behind it is stored.</summary>
    public void Save()
    {
        if (_new.Count == 0 && !_mayBeLonger)
        {
            return;
        }

        _mayBeLonger = true;
        DurableStep.Before("open", _path);
        using var file = new FileStream(_path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
        DurableStep.Before("cut", _path);
        file.SetLength(Math.Min(file.Length, _length));
        file.Seek(0, SeekOrigin.End);
        foreach (var letter in _new)
        {
            DurableStep.Before("write", _path);
            file.Write(Line(letter));
        }

        DurableStep.Before("sync", _path);
        file.Flush(flushToDisk: true);
        _written = file.Length;
    }

    /// <summary>Has what was saved count, because the cursor behind it is stored. What comes is behind that.</summary>
    /// <returns>The new letters.</returns>
    public IReadOnlyList<DeadLetter> Commit()
    {
        (_length, _mayBeLonger) = (_written, false);
        DeadLetter[] letters = [.. _new];
        Forget();
        return letters;
    }

    /// <summary>Forgets what was noted since the last cursor: it is met again.</summary>
    public void Forget() => _new.Clear();

    /// <summary>Begins anew, with the run, at the next save.</summary>
    public void Clear()
    {
        Forget();
        (_length, _written, _mayBeLonger) = (0, 0, File.Exists(_path));
    }

    /// <summary>The letters in a file, in the order of the journal; what a crash cut off is no letter.</summary>
    public static List<DeadLetter> Read(string path)
    {
        var lines = File.Exists(path) ? File.ReadLines(path) : [];
        List<DeadLetter> letters = [.. lines.Select(line => Parse(Encoding.UTF8.GetBytes(line))).OfType<DeadLetter>()];
        letters.Sort((one, other) => one.Position.CompareTo(other.Position));
        return letters;
    }

    /// <summary>Replaces the letters in a file.</summary>
    public static void Write(string path, IEnumerable<DeadLetter> letters) => DurableFile.Replace(path, letters.SelectMany(Line).ToArray());

    /// <summary>Reads a line; null if it is none. Then its record is delivered again, and refused again.</summary>
    private static DeadLetter? Parse(ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, DeliveryJson.Default.DeadLetter);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static byte[] Line(DeadLetter letter) =>
        [.. JsonSerializer.SerializeToUtf8Bytes(letter, DeliveryJson.Default.DeadLetter), (byte)'\n'];

    /// <summary>How many bytes hold letters from before a position. What follows them is torn, or will be met again.</summary>
    private static int LengthBefore(ReadOnlySpan<byte> content, JournalPosition position)
    {
        var length = 0;
        for (var at = 0; content[at..].IndexOf((byte)'\n') is var end and >= 0; at += end + 1)
        {
            if (Parse(content.Slice(at, end))?.Position.CompareTo(position) < 0)
            {
                length = at + end + 1;
            }
        }

        return length;
    }
}
