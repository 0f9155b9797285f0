using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace PluginLoggers.Hosting.Runs;

/// <summary>One segment of a path, legal on every operating system at once, so that a run's folder can be moved anywhere.</summary>
internal static class PathSegment
{
    private const int MaxBytes = 255;

    // Of four bytes at most each.
    private const int MostKept = 60;

    private const string Cure = "Use letters, digits, '-', '_' and '.'.";

    private static readonly SearchValues<char> Illegal = SearchValues.Create("<>:\"|?*\\/");

    // A strict encoding: a lone surrogate has no UTF-8 form, so no file system could give the name back.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Refuses what cannot be a segment, or would lead out of the folder that it stands in.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="what">What is named so, for the message, such as <c>logger key</c>.</param>
    /// <param name="whole">The whole name, when the segment is a part of it.</param>
    /// <exception cref="ArgumentException">The name, what is wrong with it, and the cure.</exception>
    public static void Validate(string segment, string what, string? whole = null)
    {
        if (Problem(segment) is not { } problem)
        {
            return;
        }

        var place = whole is null || whole == segment ? "" : $" in {Printable(whole)}";
        throw new ArgumentException($"The {what} {Printable(segment)}{place} {problem} {Cure}");
    }

    /// <summary>The text in quotes, without anything that would disturb a terminal or a log.</summary>
    public static string Printable(string text)
    {
        var printable = new StringBuilder(text.Length + 2).Append('"');
        foreach (var character in text.Length > 300 ? text.AsSpan(0, 300) : text)
        {
            _ = char.IsControl(character) || char.IsSurrogate(character)
                ? printable.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}")
                : printable.Append(character);
        }

        return printable.Append(text.Length > 300 ? "...\"" : "\"").ToString();
    }

    /// <summary>The text itself if it can be a segment; else one that can, like it, and another for every other text.</summary>
    public static string Legal(string text)
    {
        if (Problem(text) is null)
        {
            return text;
        }

        var legal = new StringBuilder();
        foreach (var rune in text.EnumerateRunes().Take(MostKept))
        {
            var isLegal = rune != Rune.ReplacementChar && !Rune.IsControl(rune) && !(rune.IsBmp && Illegal.Contains((char)rune.Value));
            legal.Append(isLegal ? rune.ToString() : "_");
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(text.AsSpan())).AsSpan(0, 4));
        return $"{(IsDevice(text) ? "_" : "")}{legal}-{hash}";
    }

    private static string? Problem(string segment)
    {
        if (segment.Length == 0)
        {
            return "is empty.";
        }

        if (segment is "." or "..")
        {
            return "leads to another folder instead of naming one.";
        }

        if (segment.AsSpan().IndexOfAny(Illegal) is >= 0 and var at)
        {
            return $"has a '{segment[at]}', which is not legal in a file name everywhere.";
        }

        if (segment.Any(char.IsControl))
        {
            return "has a control character.";
        }

        if (segment[^1] is '.' or ' ')
        {
            return $"ends with a {(segment[^1] == '.' ? "dot" : "space")}, which Windows drops.";
        }

        if (segment.Equals(RunFolder.StateFolder, StringComparison.OrdinalIgnoreCase))
        {
            return "is where the host keeps its own files.";
        }

        return IsDevice(segment) ? "is a device on Windows." : LengthProblem(segment);
    }

    // https://learn.microsoft.com/windows/win32/fileio/naming-a-file; an extension, and spaces before it, do not make it a file.
    private static bool IsDevice(string segment)
    {
        var name = segment.AsSpan();
        name = name[..(name.IndexOf('.') is >= 0 and var dot ? dot : name.Length)].TrimEnd(' ');
        Span<char> upper = stackalloc char[8];
        var length = name.Length > upper.Length ? 0 : name.ToUpperInvariant(upper);
        return upper[..length] is "CON" or "PRN" or "AUX" or "NUL" or "CONIN$" or "CONOUT$"
            or ['C', 'O', 'M', (>= '0' and <= '9') or '¹' or '²' or '³']
            or ['L', 'P', 'T', (>= '0' and <= '9') or '¹' or '²' or '³'];
    }

    private static string? LengthProblem(string segment)
    {
        try
        {
            var bytes = Utf8.GetByteCount(segment);
            return bytes <= MaxBytes ? null : $"is {bytes} bytes long in UTF-8, and a file name can have {MaxBytes}.";
        }
        catch (EncoderFallbackException)
        {
            return "has half a character (a lone surrogate).";
        }
    }
}
