namespace PluginLoggers.Hosting.Configuration;

/// <summary>The words of a name: <c>optimizer/apiKey_2</c> has optimizer, api, Key.</summary>
internal static class NameWords
{
    /// <summary>Says whether a name has a word among those given, in any case. A part of a word is no word.</summary>
    /// <param name="name">The name.</param>
    /// <param name="words">The words.</param>
    public static bool HasAny(ReadOnlySpan<char> name, ReadOnlySpan<string> words)
    {
        while (!name.IsEmpty)
        {
            var length = LengthOfWord(name);
            foreach (var word in words)
            {
                if (name[..length].Equals(word, StringComparison.OrdinalIgnoreCase))
                {
                    return true;
                }
            }

            name = name[Math.Max(length, 1)..];
        }

        return false;
    }

    // A word ends before what is no letter, before a capital after a small letter (apiKey), and before the last of
    // several capitals if a small letter follows (APIKey).
    private static int LengthOfWord(ReadOnlySpan<char> name)
    {
        for (var index = 0; index < name.Length; index++)
        {
            if (!char.IsLetter(name[index]))
            {
                return index;
            }

            var startsWord = index > 0 && char.IsUpper(name[index])
                && (char.IsLower(name[index - 1]) || (index + 1 < name.Length && char.IsLower(name[index + 1])));
            if (startsWord)
            {
                return index;
            }
        }

        return name.Length;
    }
}
