using System.Globalization;
using System.Text;

namespace PluginLoggers.TensorBoard;

/// <summary>
/// The name of a run's event file, <c>events.out.tfevents.&lt;seconds&gt;.&lt;host&gt;.&lt;number&gt;.0&lt;suffix&gt;</c>: a pure function
/// of the run, so that what is delivered again goes into the same file. TensorBoard reads a folder's files in the order of their names,
/// hence ten digits.
/// </summary>
/// <param name="Prefix">Up to the host, with a dot.</param>
/// <param name="Host">The host, as a file name may hold it.</param>
/// <param name="Tail">From the run's number on, with a dot; what other writers fill with their process id.</param>
/// <param name="Suffix">What the options append.</param>
internal readonly record struct EventFileName(string Prefix, string Host, string Tail, string Suffix)
{
    public const string Start = "events.out.tfevents.";

    private const int MaxHostLength = 64;

    public static EventFileName Of(LoggerContext context, string host, string suffix)
    {
        var seconds = Math.Max(0, context.StartTime.ToUnixTimeSeconds()).ToString("D10", CultureInfo.InvariantCulture);
        var number = MaskedCrc32C.Unmasked(Encoding.UTF8.GetBytes(context.RunId)).ToString(CultureInfo.InvariantCulture);
        return new EventFileName($"{Start}{seconds}.", Sanitized(host), $".{number}.0", suffix);
    }

    /// <summary>Whether a file was written for the same run, if on another host or with another suffix.</summary>
    public bool IsSameRun(string fileName) =>
        fileName.StartsWith(Prefix, StringComparison.Ordinal) && fileName.Contains(Tail, StringComparison.Ordinal) && IsSafe(fileName);

    /// <summary>Whether a name consists of letters, digits, dots, dashes and underscores, so that it can lead nowhere.</summary>
    public static bool IsSafe(string name) => name.All(IsSafe);

    public override string ToString() => Prefix + Host + Tail + Suffix;

    private static bool IsSafe(char character) => char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '_';

    private static string Sanitized(string host)
    {
        var safe = string.Concat(host.Take(MaxHostLength).Select(character => IsSafe(character) ? character : '-'));
        return safe.Length == 0 ? "localhost" : safe;
    }
}
