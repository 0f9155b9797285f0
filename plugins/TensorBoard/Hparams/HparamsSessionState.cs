using System.Globalization;

namespace PluginLoggers.TensorBoard;

/// <summary>What an event file says to the HPARAMS tab so far. TensorBoard takes the first word on each, so it is said once.</summary>
/// <param name="IsDescribed">Whether the columns of the tab are described.</param>
/// <param name="Checksum">Tells the hyperparameters of the session from others; null before there are any.</param>
/// <param name="Status">How the session ended; null while it goes on.</param>
internal readonly record struct HparamsSessionState(bool IsDescribed, uint? Checksum, RunStatus? Status)
{
    private const string Described = "described,";

    /// <summary>
    /// Reads what <see cref="ToString"/> made: <c>-</c>, <c>open:1a2b3c4d</c>, <c>finished:1a2b3c4d</c> or <c>failed:1a2b3c4d</c>, each of
    /// them after <c>described,</c> if the columns are.
    /// </summary>
    public static HparamsSessionState? Parse(string text)
    {
        var isDescribed = text.StartsWith(Described, StringComparison.Ordinal);
        var session = isDescribed ? text[Described.Length..] : text;
        if (session == "-")
        {
            return new HparamsSessionState(isDescribed, null, null);
        }

        if (session.Split(':') is not [var status, { Length: 8 } hex]
            || !uint.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var checksum))
        {
            return null;
        }

        return status switch
        {
            "open" => new HparamsSessionState(isDescribed, checksum, null),
            "finished" => new HparamsSessionState(isDescribed, checksum, RunStatus.Finished),
            "failed" => new HparamsSessionState(isDescribed, checksum, RunStatus.Failed),
            _ => null,
        };
    }

    public override string ToString() => (IsDescribed ? Described : "") + SessionText();

    private string SessionText()
    {
        if (Checksum is not { } checksum)
        {
            return "-";
        }

        var status = Status switch { RunStatus.Finished => "finished", RunStatus.Failed => "failed", _ => "open" };
        return string.Create(CultureInfo.InvariantCulture, $"{status}:{checksum:x8}");
    }
}
