using System.Globalization;
using System.Text;

namespace PluginLoggers.MLflow;

/// <summary>
/// Names of metrics, params and tags. The server takes letters and digits of any script, <c>_ - . / :</c> and the space, at most 250
/// characters, and only what is a normalised relative path; it refuses a whole batch for one other name.
/// </summary>
internal static class ServerName
{
    public const int MaxLength = 250;

    public static string Map(string name)
    {
        var escaped = NameEscape.Escape(name, IsTaken);
        return escaped.Length <= MaxLength ? escaped : NameEscape.Cut(name, escaped, MaxLength);
    }

    /// <summary>Names of logged models, in which groups, dots and quotes do not stand.</summary>
    public static string MapModel(string name)
    {
        var escaped = NameEscape.Escape(name, rune => rune.Value is not ('.' or ':' or '%' or '"' or '\'') && !Rune.IsControl(rune))
            .Replace("/", "_x002F_", StringComparison.Ordinal);
        return escaped.Length <= MaxLength ? escaped : NameEscape.Cut(name, escaped, MaxLength);
    }

    /// <summary>Python's <c>\w</c> and a few more; a combining mark is none of them, although it is a part of a letter.</summary>
    private static bool IsTaken(Rune rune) => rune.Value is '_' or '-' or '.' or ' ' or ':' || Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter
        or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter
        or UnicodeCategory.OtherLetter or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;
}
