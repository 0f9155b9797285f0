using System.Security.Cryptography;
using System.Text;

namespace PluginLoggers.MLflow;

/// <summary>
/// Which run on which server, as text: <c>mlflow 1 SERVER EXPERIMENT RUN</c>. The server is 64 bits of the SHA-256 of its address, so that
/// a run is not looked for elsewhere.
/// </summary>
internal static class RunBookmark
{
    private const string Prefix = "mlflow 1";

    public static string Write(TrackingServer server, RunHandle run) => $"{Prefix} {Hash(server)} {run.ExperimentId} {run.RunId}";

    /// <exception cref="InvalidDataException">It is no such text, or of another server.</exception>
    public static RunHandle Read(string bookmark, TrackingServer server)
    {
        if (bookmark.Split(' ') is not ["mlflow", "1", var hash, var experimentId, var runId]
            || !ServerId.IsOne(experimentId) || !ServerId.IsOne(runId))
        {
            throw new InvalidDataException(
                "The bookmark is none of this version of the MLflow plug-in; the run is delivered from its beginning.");
        }

        return hash == Hash(server)
            ? new RunHandle(experimentId, runId)
            : throw new InvalidDataException(
                $"The run was logged to another server before; {server.Display} is given it from its beginning.");
    }

    private static string Hash(TrackingServer server) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(server.Display)).AsSpan(0, 8));
}
