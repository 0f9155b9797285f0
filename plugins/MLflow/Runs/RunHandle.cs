namespace PluginLoggers.MLflow;

/// <summary>A run on the server.</summary>
/// <param name="ExperimentId">Its experiment.</param>
/// <param name="RunId">The server's id of it.</param>
internal sealed record RunHandle(string ExperimentId, string RunId)
{
    /// <summary>Its page in the UI.</summary>
    public string PageOn(TrackingServer server) => $"{server.Display}/#/experiments/{ExperimentId}/runs/{RunId}";
}
