using System.Globalization;

namespace PluginLoggers.TensorBoard;

/// <summary>What an event file says to the HPARAMS tab so far. TensorBoard takes the first word on each, so it is said once.</summary>
/// <param name="Checksum">Tells the hyperparameters of the session from others; null before there are any.</param>
/// <param name="Status">How the session ended; null while it goes on.</param>
internal readonly record struct HparamsSessionState(uint? Checksum, RunStatus? Status)
{
    /// <summary>Reads what <see cref="ToString"/> made: <c>-</c>, <c>open:1a2b3c4d</c>, <c>finished:1a2b3c4d</c> or <c>failed:1a2b3c4d</c>.</summary>
    public static HparamsSessionState? Parse(string text)
    {
        if (text == "-")
        {
            return default(HparamsSessionState);
        }

        if (text.Split(':') is not [var status, { Length: 8 } hex]
            || !uint.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var checksum))
        {
            return null;
        }

        return status switch
        {
            "open" => new HparamsSessionState(checksum, null),
            "finished" => new HparamsSessionState(checksum, RunStatus.Finished),
            "failed" => new HparamsSessionState(checksum, RunStatus.Failed),
            _ => null,
        };
    }

    public override string ToString()
    {
        if (Checksum is not { } checksum)
        {
            return "-";
        }

        var status = Status switch { RunStatus.Finished => "finished", RunStatus.Failed => "failed", _ => "open" };
        return string.Create(CultureInfo.InvariantCulture, $"{status}:{checksum:x8}");
    }
}
