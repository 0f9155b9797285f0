using PluginLoggers.Hosting.Journal;

namespace PluginLoggers.Hosting.Tests.Journal;

/// <summary>A disk in memory that refuses, tears, hangs or is slow as a test says.</summary>
internal sealed class FakeStorage : IJournalStorage
{
    private readonly MemoryStream _content = new();
    private volatile Exception? _refusal;

    public string Path => "fake.journal";

    /// <summary>Thrown by every write and sync while it is set.</summary>
    public Exception? Refusal
    {
        get => _refusal;
        set => _refusal = value;
    }

    /// <summary>How many bytes of a refused write reach the disk.</summary>
    public int BytesBeforeRefusal { get; set; }

    /// <summary>A write waits for it.</summary>
    public ManualResetEventSlim MayWrite { get; } = new(true);

    /// <summary>Set when a write has begun.</summary>
    public ManualResetEventSlim WriteBegan { get; } = new();

    public int Syncs { get; private set; }

    public bool RefusesSync { get; set; }

    public List<(long Offset, byte[] Bytes)> Writes { get; } = [];

    public byte[] Content => _content.ToArray();

    public void Write(long offset, IReadOnlyList<ReadOnlyMemory<byte>> bytes)
    {
        WriteBegan.Set();
        MayWrite.Wait();
        var all = bytes.SelectMany(part => part.ToArray()).ToArray();
        Writes.Add((offset, all));
        _content.Position = offset;
        if (Refusal is { } refusal)
        {
            _content.Write(all, 0, Math.Min(BytesBeforeRefusal, all.Length));
            throw refusal;
        }

        _content.Write(all);
    }

    public void Sync()
    {
        if (RefusesSync || Refusal is not null)
        {
            throw Refusal ?? new IOException("No sync.");
        }

        Syncs++;
    }

    public void Dispose()
    {
    }
}
