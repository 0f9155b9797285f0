namespace PluginLoggers.Csv.Table;

/// <summary>
/// Sorts by code point, as Python sorts text. UTF-16 alone would put an emoji before the last characters of the first plane.
/// </summary>
internal sealed class CodePointOrder : IComparer<string>
{
    public static readonly CodePointOrder Instance = new();

    public int Compare(string? x, string? y)
    {
        var common = x.AsSpan().CommonPrefixLength(y);
        return common < x?.Length && common < y?.Length ? Rank(x[common]) - Rank(y[common]) : (x?.Length ?? 0) - (y?.Length ?? 0);
    }

    /// <summary>Surrogates after everything else: what they encode lies above the first plane.</summary>
    private static int Rank(char character) => char.IsSurrogate(character) ? character + 0x10000 : character;
}
