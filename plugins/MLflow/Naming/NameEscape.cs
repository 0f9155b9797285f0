using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace PluginLoggers.MLflow;

/// <summary>
/// Writes names with a smaller alphabet, one to one: a character that is not taken becomes <c>_xHHHH_</c>, as
/// <see href="https://learn.microsoft.com/dotnet/api/system.xml.xmlconvert.encodename"/> does it, and an underscore that looks like the
/// beginning of such a thing becomes <c>_x005F_</c>. What stands between slashes is neither empty nor <c>.</c> nor <c>..</c>.
/// </summary>
internal static class NameEscape
{
    private const int HashLength = 19;

    /// <summary>The escaped name; the name itself if there is nothing to escape.</summary>
    /// <param name="name">Any text, lone surrogates included.</param>
    /// <param name="isTaken">Which characters stay.</param>
    public static string Escape(string name, Func<Rune, bool> isTaken)
    {
        if (name.Length == 0)
        {
            return Hash(name);
        }

        var escaped = new StringBuilder(name.Length + 16);
        for (var at = 0; at < name.Length;)
        {
            if (Rune.DecodeFromUtf16(name.AsSpan(at), out var rune, out var length) != OperationStatus.Done)
            {
                Append(escaped, name[at]);
            }
            else if (rune.Value == '/'
                ? IsSeparator(name, at, escaped)
                : isTaken(rune) && !LooksEscaped(name, at, isTaken) && !IsDotSegment(name, at))
            {
                escaped.Append(name, at, length);
            }
            else
            {
                Append(escaped, rune.Value);
            }

            at += length;
        }

        return escaped.Length == name.Length && escaped.Equals(name) ? name : escaped.ToString();
    }

    /// <summary>A name that is too long, cut, with 64 bits of the SHA-256 of the whole in place of the rest.</summary>
    /// <param name="name">The whole name.</param>
    /// <param name="escaped">The same, escaped.</param>
    /// <param name="length">The length to be had, in UTF-16 units; more than 19.</param>
    public static string Cut(string name, string escaped, int length)
    {
        var kept = length - HashLength;
        return string.Concat(escaped.AsSpan(0, char.IsHighSurrogate(escaped[kept - 1]) ? kept - 1 : kept), Hash(name));
    }

    private static string Hash(string name) =>
        $"_x{Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(name.AsSpan())).AsSpan(0, 8))}_";

    private static void Append(StringBuilder escaped, int value) =>
        escaped.Append("_x").Append(value.ToString(value > char.MaxValue ? "X8" : "X4", CultureInfo.InvariantCulture)).Append('_');

    private static bool IsSeparator(string name, int at, StringBuilder escaped) =>
        at > 0 && at < name.Length - 1 && escaped[^1] != '/';

    /// <summary>
    /// Whether at this place stands <c>_x</c>, 4, 8 or 16 upper-case hexadecimal digits, and <c>_</c>; or what may be escaped, and then
    /// begins with one.
    /// </summary>
    private static bool LooksEscaped(string name, int at, Func<Rune, bool> isTaken)
    {
        if (name[at] != '_' || at + 1 >= name.Length || name[at + 1] != 'x')
        {
            return false;
        }

        var end = at + 2;
        while (end < name.Length && name[end] is (>= '0' and <= '9') or (>= 'A' and <= 'F'))
        {
            end++;
        }

        return end - at - 2 is 4 or 8 or 16 && end < name.Length && (name[end] is '_' or '/' or '.'
            || Rune.DecodeFromUtf16(name.AsSpan(end), out var next, out _) != OperationStatus.Done || !isTaken(next));
    }

    /// <summary>Whether at this place begins a segment that is <c>.</c> or <c>..</c>.</summary>
    private static bool IsDotSegment(string name, int at)
    {
        if (name[at] != '.' || (at > 0 && name[at - 1] != '/'))
        {
            return false;
        }

        var end = at + 1 < name.Length && name[at + 1] == '.' ? at + 2 : at + 1;
        return end == name.Length || name[end] == '/';
    }
}
