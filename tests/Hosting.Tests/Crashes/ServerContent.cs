using System.Globalization;
using PluginLoggers.MLflow.StandIn;

namespace PluginLoggers.Hosting.Tests.Crashes;

/// <summary>What a stand-in for MLflow holds of its only run, as sorted lines that two servers can be compared by.</summary>
internal static class ServerContent
{
    /// <summary>Tags of the program that delivered it, which is another one after a crash.</summary>
    private const string Source = "mlflow.source.";

    public static string[] Of(StandInServer server)
    {
        var run = Assert.Single(server.Runs);
        string[] lines =
        [
            string.Create(CultureInfo.InvariantCulture, $"status {run.Status} {run.StartTime} {run.EndTime}"),
            .. run.Metrics.Select(
                row => string.Create(CultureInfo.InvariantCulture, $"metric {row.Key} {row.Step} {row.Timestamp} {row.Value:R}")),
            .. run.Params.Select(param => $"param {param.Key} {param.Value}"),
            .. run.Tags.Where(tag => !tag.Key.StartsWith(Source, StringComparison.Ordinal)).Select(tag => $"tag {tag.Key} {tag.Value}"),
            .. server.ArtifactsOf(run).Select(
                artifact => $"artifact {artifact.Key} {Convert.ToHexString(artifact.Value.Content.ToArray())}"),
        ];
        Array.Sort(lines, StringComparer.Ordinal);
        return lines;
    }
}
