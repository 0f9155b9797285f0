using System.Text;
using System.Text.Unicode;

namespace PluginLoggers.TensorBoard;

/// <summary>
/// Tags as texts, each made once. A loop logs the same tags in the same order: the one that followed last time is compared first, and the
/// others are looked up. Not thread-safe.
/// </summary>
internal sealed class TagCache
{
    /// <summary>Beyond that, a hostile file has a tag for each event, and nothing is remembered that would be used again.</summary>
    private const int MostRemembered = 100_000;

    private readonly Dictionary<string, Entry> _byText = new(StringComparer.Ordinal);
    private Entry _last = new("", []);

    /// <summary>The text of a tag; null for bytes that are none.</summary>
    public string? Get(ReadOnlySpan<byte> utf8)
    {
        if (_last.Next is { } expected && utf8.SequenceEqual(expected.Utf8))
        {
            _last = expected;
            return expected.Text;
        }

        return Find(utf8);
    }

    private string? Find(ReadOnlySpan<byte> utf8)
    {
        if (!Utf8.IsValid(utf8))
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(utf8);
        if (!_byText.TryGetValue(text, out var entry))
        {
            entry = new Entry(text, utf8.ToArray());
            if (_byText.Count == MostRemembered)
            {
                return text;
            }

            _byText.Add(text, entry);
        }

        _last.Next = entry;
        _last = entry;
        return entry.Text;
    }

    private sealed class Entry(string text, byte[] utf8)
    {
        public string Text { get; } = text;

        public byte[] Utf8 { get; } = utf8;

        public Entry? Next { get; set; }
    }
}
