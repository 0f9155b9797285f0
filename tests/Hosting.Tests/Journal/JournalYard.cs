using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using PluginLoggers.Hosting.Journal;

namespace PluginLoggers.Hosting.Tests.Journal;

/// <summary>A folder for journals, and what a test does with them.</summary>
internal sealed class JournalYard : IDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory();

    public static byte[] FixedMarker => [0xA1, 0xB2, 0xC3, 0xD4, 0xE5, 0xF6, 0x07, 0x18];

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    /// <summary>The folder as another process sees it.</summary>
    public JournalFolder Folder => new(_directory.FullName);

    public void Dispose() => _directory.Delete(recursive: true);

    /// <summary>Writes a journal and returns its bytes.</summary>
    public byte[] Record(Action<RunJournal> log, byte[]? marker = null)
    {
        var storage = new FakeStorage();
        using (var journal = new RunJournal(storage, Time, null, hasEnded: false, new JournalSignal(), _ => { }, marker: marker))
        {
            log(journal);
        }

        return storage.Content;
    }

    /// <summary>Puts bytes where the journal with this number stands.</summary>
    public void Put(byte[] content, int number = 1) => File.WriteAllBytes(Folder.PathOf(number), content);

    /// <summary>Reads the journals from a position on.</summary>
    public List<ReadRecord> Read(JournalPosition? start = null)
    {
        using var reader = new RunReader(Folder, start ?? JournalPosition.Start);
        return ReadAll(reader);
    }

    public List<ReadRecord> Read(byte[] content)
    {
        Put(content);
        return Read();
    }

    public static List<ReadRecord> ReadAll(RunReader reader)
    {
        var records = new List<ReadRecord>();
        for (var before = reader.Position; reader.TryRead(out var record); before = reader.Position)
        {
            records.Add(new ReadRecord(before, Describe(record, reader)));
        }

        return records;
    }

    public static string Describe(in JournalRecord record, RunReader reader)
    {
        var values = new List<string>();
        for (var i = 0; i < record.Metrics.Length; i++)
        {
            values.Add($"{record.Metrics[i].Name}={BitConverter.DoubleToInt64Bits(record.Metrics[i].Value):x}");
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"{record.Kind} {record.Target ?? "*"} {record.Time.Ticks} {record.Step} {string.Join(',', values)} {Convert.ToHexString(record.Body)}");
    }
}
