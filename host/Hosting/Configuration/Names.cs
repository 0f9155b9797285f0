namespace PluginLoggers.Hosting.Configuration;

/// <summary>Names that were typed by a person, compared with names that exist.</summary>
internal static class Names
{
    private const int LongestCompared = 100;

    private const int MostListed = 20;

    /// <summary>Says whether a name is among others, in any case.</summary>
    /// <param name="names">The others.</param>
    /// <param name="name">The name.</param>
    public static bool Contains(IEnumerable<string> names, string name) => names.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Lists names for a message.</summary>
    /// <param name="names">The names.</param>
    public static string Join(IReadOnlyCollection<string> names) => names.Count switch
    {
        1 => names.First(),
        <= MostListed => $"one of {string.Join(", ", names)}",
        _ => $"one of {string.Join(", ", names.Take(MostListed))} and {names.Count - MostListed} more",
    };

    /// <summary>The known name to which a mistyped one is nearest, or null if none is near: a third of its letters may differ.</summary>
    /// <param name="name">The name found.</param>
    /// <param name="known">The names known.</param>
    public static string? Nearest(string name, IEnumerable<string> known)
    {
        if (name.Length is 0 or > LongestCompared)
        {
            return null;
        }

        string? nearest = null;
        var least = Math.Max(1, name.Length / 3) + 1;
        foreach (var candidate in known)
        {
            var distance = Distance(name.ToUpperInvariant(), candidate.ToUpperInvariant());
            if (distance < least)
            {
                (nearest, least) = (candidate, distance);
            }
        }

        return nearest;
    }

    /// <summary>
    /// How many letters are to be inserted, removed, replaced, or swapped with their neighbour
    /// (https://en.wikipedia.org/wiki/Damerau-Levenshtein_distance, optimal string alignment).
    /// </summary>
    internal static int Distance(string left, string right)
    {
        if (Math.Abs(left.Length - right.Length) > LongestCompared)
        {
            return int.MaxValue;
        }

        var (beforeLast, last, current) = (new int[right.Length + 1], new int[right.Length + 1], new int[right.Length + 1]);
        for (var column = 0; column <= right.Length; column++)
        {
            last[column] = column;
        }

        for (var row = 1; row <= left.Length; row++)
        {
            current[0] = row;
            for (var column = 1; column <= right.Length; column++)
            {
                var replaced = last[column - 1] + (left[row - 1] == right[column - 1] ? 0 : 1);
                current[column] = Math.Min(replaced, Math.Min(last[column], current[column - 1]) + 1);
                if (row > 1 && column > 1 && left[row - 1] == right[column - 2] && left[row - 2] == right[column - 1])
                {
                    current[column] = Math.Min(current[column], beforeLast[column - 2] + 1);
                }
            }

            (beforeLast, last, current) = (last, current, beforeLast);
        }

        return last[right.Length];
    }
}
