using System.Globalization;

namespace PluginLoggers.TensorBoard;

/// <summary>
/// Where a logger stood after a save. As a bookmark:
/// <c>2 &lt;length&gt;[+&lt;length of the projector's&gt;] &lt;session&gt; &lt;steps&gt; &lt;file name&gt;</c>,
/// the first the version of this text.
/// </summary>
/// <param name="FileName">The name of the event file, without a folder.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="ProjectorLength">The length of the projector's configuration, in bytes; 0 without one.</param>
/// <param name="Session">What the file says to the HPARAMS tab so far.</param>
/// <param name="Steps">How far the steps have come.</param>
internal sealed record EventFilePosition(string FileName, long Length, long ProjectorLength, HparamsSessionState Session, StepsState Steps)
{
    private const string Version = "2";

    /// <summary>Reads what <see cref="ToString"/> made, and nothing else; null for any other text.</summary>
    public static EventFilePosition? Parse(string bookmark)
    {
        // The longest possible one is far shorter; a longer text is no reason to split it.
        if (bookmark.Length > 512 || bookmark.Split(' ') is not [Version, var lengths, var session, var steps, var fileName])
        {
            return null;
        }

        var (projector, parts) = (0L, lengths.Split('+', 2));
        return long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var bytes)
            && (parts.Length == 1
                || (long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out projector) && projector > 0))
            && HparamsSessionState.Parse(session) is { } sessionState
            && StepsState.Parse(steps) is { } stepsState
            && fileName.StartsWith(EventFileName.Start, StringComparison.Ordinal)
            && EventFileName.IsSafe(fileName)
                ? new EventFilePosition(fileName, bytes, projector, sessionState, stepsState)
                : null;
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Version} {Length}{Projector} {Session} {Steps} {FileName}");

    private string Projector => ProjectorLength == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"+{ProjectorLength}");
}
