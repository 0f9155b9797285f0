using System.Text;

namespace PluginLoggers.MLflow;

/// <summary>
/// Paths of artifacts. The server decodes them up to ten times, so that a percent sign changes what follows it, and refuses <c>#</c> and
/// <c>..</c>; a segment longer than a file name is an error of the file system.
/// </summary>
internal static class ArtifactName
{
    private const int MaxSegmentBytes = 255;

    /// <summary>A segment of this length in UTF-16 units fits, whatever its characters: none has more than 3 bytes a unit.</summary>
    private const int SafeSegmentLength = MaxSegmentBytes / 3;

    /// <summary>What step, time and the rest leave of a segment.</summary>
    private const int MaxImageKeyBytes = 140;

    public static string Map(string path)
    {
        var escaped = NameEscape.Escape(path, IsTaken);
        return Encoding.UTF8.GetByteCount(escaped) <= MaxSegmentBytes
            ? escaped
            : string.Join('/', escaped.Split('/')
                .Select(segment => Encoding.UTF8.GetByteCount(segment) <= MaxSegmentBytes ? segment : CutSegment(segment)));
    }

    /// <summary>
    /// The key in the name of an image's file, from which the UI reads key and step: <c>/</c> becomes a dot there, and a dot is escaped, so
    /// that two keys stay two.
    /// </summary>
    public static string MapImageKey(string key)
    {
        var escaped = NameEscape.Escape(key, rune => rune.Value is not ('.' or '+') && IsTaken(rune)).Replace('/', '.');
        return Encoding.UTF8.GetByteCount(escaped) <= MaxImageKeyBytes ? escaped : NameEscape.Cut(key, escaped, MaxImageKeyBytes / 3);
    }

    /// <summary>Each segment percent-encoded once.</summary>
    public static string Encode(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    private static bool IsTaken(Rune rune) => rune.Value is not ('%' or '#' or '\\') && !Rune.IsControl(rune);

    /// <summary>The extension is kept: by it, the UI knows how to show a file.</summary>
    private static string CutSegment(string segment)
    {
        var extension = Path.GetExtension(segment);
        extension = extension.Length is > 1 and <= 10 ? extension : "";
        var stem = segment[..^extension.Length];
        return NameEscape.Cut(segment, stem, Math.Min(stem.Length, SafeSegmentLength - extension.Length)) + extension;
    }
}
