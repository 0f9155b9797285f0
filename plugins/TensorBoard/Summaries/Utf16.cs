using System.Text;

namespace PluginLoggers.TensorBoard;

/// <summary>Text that may hold half a surrogate pair, which no UTF-8 can hold.</summary>
internal static class Utf16
{
    /// <summary>The text itself; only where it is ill-formed, a copy with U+FFFD in place of what cannot be encoded.</summary>
    public static string WellFormed(string text)
    {
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            var at = rest.IndexOfAnyInRange('\uD800', '\uDFFF');
            if (at < 0)
            {
                return text;
            }

            if (Rune.DecodeFromUtf16(rest[at..], out _, out var length) != System.Buffers.OperationStatus.Done)
            {
                return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
            }

            rest = rest[(at + length)..];
        }

        return text;
    }
}
