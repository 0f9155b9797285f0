using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace PluginLoggers.MLflow.StandIn;

/// <summary>Which names the server takes.</summary>
internal static partial class Names
{
    private const int MaxKey = 250;
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void RunId(string id)
    {
        if (!RunIdPattern().IsMatch(id))
        {
            throw ApiException.Invalid($"Invalid value \"{id}\" for parameter 'run_id' supplied.");
        }
    }

    public static void ExperimentName(string name) => Length("'name'", name, 500);

    public static void Metric(string name, string parameter)
    {
        Characters(name, parameter);
        Length("'Metric name'", name, MaxKey);
    }

    public static void Param(string name, string parameter)
    {
        Characters(name, parameter);
        Length("'Param key'", name, MaxKey);
    }

    public static void Tag(string name, string parameter)
    {
        Characters(name, parameter);
        Length($"'{parameter}'", name, MaxKey);
    }

    public static void Length(string what, string value, int max)
    {
        if (value.EnumerateRunes().Count() > max)
        {
            throw ApiException.Invalid($"{what} exceeds the maximum length of {max} characters");
        }
    }

    private static void Characters(string name, string parameter)
    {
        var shown = JsonSerializer.Serialize(name, Readable);
        if (!name.EnumerateRunes().All(IsTaken))
        {
            throw ApiException.Invalid($"Invalid value {shown} for parameter '{parameter}' supplied: Names may only contain alphanumerics, underscores (_), "
                + "dashes (-), periods (.), spaces ( ), colon(:) and slashes (/).");
        }

        if (name is "." or ".." || name.Split('/').Any(segment => segment is "" or "." or ".."))
        {
            throw ApiException.Invalid($"Invalid value {shown} for parameter '{parameter}' supplied: Names may be treated as files in certain cases, and must not "
                + $"resolve to other names when treated as such. This name would resolve to {shown}");
        }
    }

    /// <summary>Python's <c>\w</c> knows letters and numbers, but no combining marks.</summary>
    private static bool IsTaken(Rune rune) =>
        Rune.IsLetter(rune) || Rune.IsNumber(rune) || rune.Value is '_' or '-' or '.' or ' ' or ':' or '/';

    [GeneratedRegex(@"^[a-zA-Z0-9][\w\-]{0,255}$")]
    private static partial Regex RunIdPattern();
}
