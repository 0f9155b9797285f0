using System.Globalization;

namespace PluginLoggers.TensorBoard;

/// <summary>Where a logger stood after a save. As a bookmark: <c>2 &lt;length&gt; &lt;session&gt; &lt;steps&gt; &lt;file name&gt;</c>, the first the version of this text.</summary>
/// <param name="FileName">The name of the event file, without a folder.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Session">What the file says to the HPARAMS tab so far.</param>
/// <param name="Steps">How far the steps have come.</param>
internal sealed record EventFilePosition(string FileName, long Length, HparamsSessionState Session, StepsState Steps)
{
    private const string Version = "2";

    /// <summary>Reads what <see cref="ToString"/> made, and nothing else; null for any other text.</summary>
    public static EventFilePosition? Parse(string bookmark)
    {
        // The longest possible one is far shorter; a longer text is no reason to split it.
        if (bookmark.Length > 512 || bookmark.Split(' ') is not [Version, var length, var session, var steps, var fileName])
        {
            return null;
        }

        return long.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes)
            && HparamsSessionState.Parse(session) is { } sessionState
            && StepsState.Parse(steps) is { } stepsState
            && fileName.StartsWith(EventFileName.Start, StringComparison.Ordinal)
            && EventFileName.IsSafe(fileName)
                ? new EventFilePosition(fileName, bytes, sessionState, stepsState)
                : null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Version} {Length} {Session} {Steps} {FileName}");
}
