namespace PluginLoggers.MLflow.StandIn;

/// <summary>A request that arrived, and how it was answered.</summary>
/// <param name="Method">The verb.</param>
/// <param name="Target">Path and query, as sent.</param>
/// <param name="Length">The length of the body.</param>
/// <param name="Status">The status of the answer.</param>
/// <param name="Authorization">The header of that name, or null.</param>
public sealed record Arrival(string Method, string Target, long Length, int Status, string? Authorization)
{
    /// <summary>The path below the API's root, such as <c>runs/create</c>.</summary>
    public string Route => Target.Split('?')[0].Replace("/api/2.0/mlflow/", "", StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => $"{Status} {Method} {Target} ({Length} bytes)";
}
