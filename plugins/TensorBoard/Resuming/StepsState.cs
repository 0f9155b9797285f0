using System.Globalization;

namespace PluginLoggers.TensorBoard;

/// <summary>How far the steps of a run have come.</summary>
/// <param name="Largest">The largest step that was logged; null before there is one.</param>
/// <param name="Resumed">Where the run was resumed last; null in one that never was.</param>
internal readonly record struct StepsState(long? Largest, Resumption? Resumed)
{
    /// <summary>
    /// Reads what <see cref="ToString"/> made: <c>-</c> or the largest step; after a slash, of a run that was resumed, the length of the
    /// file and the largest step at that time; after another one, the earliest step to which it went back since.
    /// </summary>
    public static StepsState? Parse(string text)
    {
        var parts = text.Split('/');
        if (!TryParseOptional(parts[0], out var largest))
        {
            return null;
        }

        if (parts.Length == 1)
        {
            return new StepsState(largest, null);
        }

        return parts.Length is 3 or 4
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            && TryParseOptional(parts[2], out var before)
            && TryParseOptional(parts.Length == 4 ? parts[3] : "-", out var backTo)
                ? new StepsState(largest, new Resumption(length, before, backTo))
                : null;
    }

    public override string ToString() => Text(Largest) + (Resumed is not { } resumed ? ""
        : string.Create(CultureInfo.InvariantCulture, $"/{resumed.Length}/{Text(resumed.LargestBefore)}")
            + (resumed.WentBackTo is null ? "" : "/" + Text(resumed.WentBackTo)));

    private static string Text(long? step) => step?.ToString(CultureInfo.InvariantCulture) ?? "-";

    private static bool TryParseOptional(string text, out long? step)
    {
        step = null;
        if (text == "-")
        {
            return true;
        }

        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var parsed) || text[0] == '+')
        {
            return false;
        }

        step = parsed;
        return true;
    }
}
