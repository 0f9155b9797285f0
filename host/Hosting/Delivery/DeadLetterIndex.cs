using System.Text.Json;
using PluginLoggers.Hosting.Journal;
using PluginLoggers.Hosting.Storage;
using PluginLoggers.Storage;

namespace PluginLoggers.Hosting.Delivery;

/// <summary>
/// The dead letters of one logger: a line of JSON each, written before the cursor that passes them. One that is met again after a crash is
/// entered once.
/// </summary>
internal sealed class DeadLetterIndex
{
    public const string Suffix = ".dead-letters.jsonl";

    private readonly string _path;
    private readonly HashSet<(JournalPosition Position, string? Metric)> _known = [];
    private readonly List<DeadLetter> _new = [];
    private bool _beginsAnew;
    private bool _isTorn;

    /// <param name="path">The file.</param>
    /// <param name="cursor">Where delivery goes on: what was entered behind it will be met again.</param>
    public DeadLetterIndex(string path, JournalPosition cursor)
    {
        _path = path;
        _beginsAnew = cursor == JournalPosition.Start;
        if (!_beginsAnew)
        {
            ReadFrom(cursor);
        }
    }

    /// <summary>Notes a letter; it stands in the file after the next save.</summary>
    public void Add(DeadLetter letter)
    {
        if (!_known.Contains((letter.Position, letter.Metric)))
        {
            _new.Add(letter);
        }
    }

    /// <summary>Writes what was noted. What comes is behind that, and needs no memory of it.</summary>
    /// <returns>The new letters.</returns>
    public IReadOnlyList<DeadLetter> Save()
    {
        if (_beginsAnew)
        {
            DurableStep.Before("delete", _path);
            File.Delete(_path);
            _beginsAnew = false;
        }

        DeadLetter[] letters = [.. _new];
        if (letters.Length > 0)
        {
            Append(letters);
        }

        Forget();
        _known.Clear();
        return letters;
    }

    /// <summary>Forgets what was noted since the last save: it is met again.</summary>
    public void Forget() => _new.Clear();

    /// <summary>Begins anew, with the run, at the next save.</summary>
    public void Clear()
    {
        Forget();
        _known.Clear();
        (_beginsAnew, _isTorn) = (true, false);
    }

    /// <summary>The letters in a file, in the order of the journal; what a crash cut off is no letter.</summary>
    public static List<DeadLetter> Read(string path)
    {
        var letters = new List<DeadLetter>();
        foreach (var line in File.Exists(path) ? File.ReadLines(path) : [])
        {
            try
            {
                if (JsonSerializer.Deserialize(line, DeliveryJson.Default.DeadLetter) is { } letter)
                {
                    letters.Add(letter);
                }
            }
            catch (JsonException)
            {
                // Its record is delivered again, and refused again.
            }
        }

        letters.Sort((one, other) => one.Position.CompareTo(other.Position));
        return letters;
    }

    /// <summary>Replaces the letters in a file.</summary>
    public static void Write(string path, IEnumerable<DeadLetter> letters) => DurableFile.Replace(path, letters.SelectMany(Line).ToArray());

    private static byte[] Line(DeadLetter letter) =>
        [.. JsonSerializer.SerializeToUtf8Bytes(letter, DeliveryJson.Default.DeadLetter), (byte)'\n'];

    private void Append(DeadLetter[] letters)
    {
        DurableStep.Before("open", _path);
        using var file = new FileStream(_path, FileMode.Append, FileAccess.Write, FileShare.Read);
        if (_isTorn)
        {
            file.WriteByte((byte)'\n');
        }

        _isTorn = true;
        foreach (var letter in letters)
        {
            DurableStep.Before("write", _path);
            file.Write(Line(letter));
        }

        DurableStep.Before("sync", _path);
        file.Flush(flushToDisk: true);
        _isTorn = false;
    }

    private void ReadFrom(JournalPosition cursor)
    {
        if (!File.Exists(_path))
        {
            return;
        }

        _isTorn = DurableFile.Read(_path) is [.., not (byte)'\n'];
        foreach (var letter in Read(_path).Where(letter => letter.Position.CompareTo(cursor) >= 0))
        {
            _known.Add((letter.Position, letter.Metric));
        }
    }
}
