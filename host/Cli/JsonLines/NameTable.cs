using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace PluginLoggers.Cli.JsonLines;

/// <summary>The names seen so far, so that a name costs a string the first time only; and which of them the current line has.</summary>
internal sealed class NameTable
{
    private const int MaxNames = 100_000;

    private readonly Dictionary<byte[], Entry> _entries = new(Utf8Comparer.Instance);
    private readonly Dictionary<byte[], Entry>.AlternateLookup<ReadOnlySpan<byte>> _lookup;
    private long _line;

    public NameTable() => _lookup = _entries.GetAlternateLookup<ReadOnlySpan<byte>>();

    /// <summary>Begins a line, which has no names yet.</summary>
    public void BeginLine()
    {
        _line++;

        // A producer that makes names up must not fill the memory.
        if (_entries.Count > MaxNames)
        {
            _entries.Clear();
        }
    }

    /// <summary>Adds a name, in UTF-8, to the current line; false if it has that name already.</summary>
    public bool TryAdd(ReadOnlySpan<byte> utf8, out string name)
    {
        if (!_lookup.TryGetValue(utf8, out var entry))
        {
            entry = new Entry(Encoding.UTF8.GetString(utf8));
            _entries.Add(utf8.ToArray(), entry);
        }

        name = entry.Name;
        var isNew = entry.Line != _line;
        entry.Line = _line;
        return isNew;
    }

    private sealed class Entry(string name)
    {
        public string Name => name;

        public long Line { get; set; }
    }

    private sealed class Utf8Comparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public static readonly Utf8Comparer Instance = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode([DisallowNull] byte[] obj) => GetHashCode(obj.AsSpan());

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = default(HashCode);
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}
