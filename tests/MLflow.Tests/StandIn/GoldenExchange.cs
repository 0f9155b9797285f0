using System.Text.RegularExpressions;

namespace PluginLoggers.MLflow.Tests;

/// <summary>A request to a real server, its answer, and what the server held afterwards, where that was looked at.</summary>
/// <param name="Title">What it is about.</param>
/// <param name="Verb">The verb.</param>
/// <param name="Target">Path and query.</param>
/// <param name="Body">The body, cut where it was long.</param>
/// <param name="Status">The status of the answer.</param>
/// <param name="Answer">The body of the answer, cut where it was long.</param>
/// <param name="Stored">What was stored under the run of the request, as Python shows it; or empty.</param>
internal sealed partial record GoldenExchange(string Title, string Verb, string Target, string Body, int Status, string Answer,
    string Stored)
{
    /// <summary>Routes that the stand-in does not have, because nothing here uses them.</summary>
    private static readonly string[] NotStoodIn =
    [
        "experiments/search", "set-experiment-tag", "runs/log-model", "get-history-bulk", "get-artifact", "upload-artifact", "/mpu/",
    ];

    /// <summary>Exchanges of which something is not in the text: a header, or an upload before.</summary>
    private static readonly string[] NotWhole = ["wrong content type", "chunked stored?"];

    /// <summary>Whether it can be sent again as it was.</summary>
    public bool CanBeSent =>
        !Body.EndsWith("...", StringComparison.Ordinal)
            && !NotWhole.Contains(Title) && !NotStoodIn.Any(route => Target.Contains(route, StringComparison.Ordinal));

    /// <summary>The ids of runs in the request, but for the one that never exists.</summary>
    public IEnumerable<string> RunIds =>
        RunId().Matches(Target + Body).Select(match => match.Value).Where(id => id != new string('f', 32)).Distinct();

    public string? ErrorCode => Code().Match(Answer) is { Success: true } match ? match.Groups[1].Value : null;

    /// <summary>The message, as JSON escapes it, as far as it was kept.</summary>
    public string Message => Text().Match(Answer) is { Success: true } match ? match.Groups[1].Value : "";

    public static IEnumerable<GoldenExchange> Read(string file)
    {
        var lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Golden", file));
        var title = "";
        for (var i = 0; i + 1 < lines.Length; i++)
        {
            title = lines[i].StartsWith("## ", StringComparison.Ordinal) ? lines[i][3..] : title;
            if (lines[i].StartsWith("> ", StringComparison.Ordinal) && lines[i + 1].StartsWith("< ", StringComparison.Ordinal))
            {
                var request = lines[i][2..].Split(' ', 3);
                var answer = lines[i + 1].Split(' ', 4);
                var stored = i + 2 < lines.Length
                    && lines[i + 2].TrimStart().StartsWith("stored: ", StringComparison.Ordinal) ? lines[i + 2].Trim()[8..] : "";
                yield return new GoldenExchange(
                    title, request[0], request[1], request.Length > 2
                        ? request[2] : "", int.Parse(answer[1], null), answer.Length > 3 ? answer[3] : "", stored);
            }
        }
    }

    [GeneratedRegex("[0-9a-f]{32}")]
    private static partial Regex RunId();

    [GeneratedRegex("\"error_code\": \"([A-Z_]+)\"")]
    private static partial Regex Code();

    [GeneratedRegex("\"message\": \"((?:[^\"\\\\]|\\\\.)*)")]
    private static partial Regex Text();
}
