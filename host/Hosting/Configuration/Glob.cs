using System.Collections;
using System.Text;

namespace PluginLoggers.Hosting.Configuration;

/// <summary>
/// A pattern for metric names: <c>?</c> is one character and <c>*</c> any number of them, neither of them a <c>/</c>; <c>**</c> is any
/// number of any characters, and <c>**/</c> where a segment begins is any number of whole segments, none included. Everything else is
/// itself; capitals count.
/// </summary>
/// <remarks>
/// Matching follows all ways through the pattern at once, so its time is at most the product of both lengths, whatever the pattern.
/// Immutable.
/// </remarks>
internal sealed class Glob
{
    private const int Longest = 1000;

    private readonly List<Token> _tokens = [];

    /// <summary>Compiles a pattern.</summary>
    /// <param name="pattern">The pattern, one for which <see cref="Problem"/> is null.</param>
    public Glob(string pattern)
    {
        if (Problem(pattern) is { } problem)
        {
            throw new ArgumentException($"The pattern \"{pattern}\" cannot be used: {problem}.", nameof(pattern));
        }

        Compile([.. pattern.EnumerateRunes()]);
    }

    private enum Kind
    {
        Literal,
        OneCharacter,
        WithinSegment,
        Anything,
        WholeSegments,
    }

    /// <summary>Says what is wrong with a pattern, or null.</summary>
    /// <param name="pattern">The pattern.</param>
    public static string? Problem(string pattern)
    {
        if (string.IsNullOrWhiteSpace(pattern))
        {
            return "at least one character";
        }

        if (pattern.Length > Longest)
        {
            return $"at most {Longest} characters";
        }

        return pattern.Contains("***", StringComparison.Ordinal) ? "at most two * in a row" : null;
    }

    /// <summary>Says whether a whole name matches.</summary>
    /// <param name="name">The name.</param>
    public bool Matches(string name)
    {
        // A state is the number of tokens that are behind; those reached so far, and those reached after the next character.
        var (states, next) = (new BitArray(_tokens.Count + 1), new BitArray(_tokens.Count + 1));
        Enter(states, 0);
        foreach (var character in name.EnumerateRunes())
        {
            next.SetAll(false);
            for (var state = 0; state < _tokens.Count; state++)
            {
                if (states[state])
                {
                    Step(state, character, next);
                }
            }

            (states, next) = (next, states);
        }

        return states[_tokens.Count];
    }

    private void Step(int state, Rune character, BitArray next)
    {
        var (kind, literal) = _tokens[state];
        var isSeparator = character.Value == '/';
        switch (kind)
        {
            case Kind.Literal when character == literal:
            case Kind.OneCharacter when !isSeparator:
                Enter(next, state + 1);
                break;
            case Kind.WithinSegment when !isSeparator:
            case Kind.Anything:
                Enter(next, state);
                break;
            case Kind.WholeSegments:
                // It stays without being left: it may be left again only at the end of a segment.
                next[state] = true;
                if (isSeparator)
                {
                    Enter(next, state + 1);
                }

                break;
        }
    }

    private void Enter(BitArray states, int state)
    {
        for (; ; state++)
        {
            states[state] = true;
            if (state == _tokens.Count || _tokens[state].Kind is Kind.Literal or Kind.OneCharacter)
            {
                return;
            }
        }
    }

    private void Compile(ReadOnlySpan<Rune> pattern)
    {
        for (var index = 0; index < pattern.Length; index++)
        {
            var isDouble = pattern[index].Value == '*' && index + 1 < pattern.Length && pattern[index + 1].Value == '*';
            var beginsSegment = index == 0 || pattern[index - 1].Value == '/';
            if (isDouble && beginsSegment && index + 2 < pattern.Length && pattern[index + 2].Value == '/')
            {
                _tokens.Add(new Token(Kind.WholeSegments));
                index += 2;
            }
            else if (isDouble)
            {
                _tokens.Add(new Token(Kind.Anything));
                index++;
            }
            else
            {
                _tokens.Add(pattern[index].Value switch
                {
                    '*' => new Token(Kind.WithinSegment),
                    '?' => new Token(Kind.OneCharacter),
                    _ => new Token(Kind.Literal, pattern[index]),
                });
            }
        }
    }

    private readonly record struct Token(Kind Kind, Rune Literal = default);
}
