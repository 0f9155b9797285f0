namespace PluginLoggers.MLflow.Tests;

/// <summary>The server that an environment variable names.</summary>
internal sealed class RealServer : ServerFixture
{
    public const string Variable = "MLFLOW_TRACKING_URI_FOR_TESTS";

    public static string? NamedAddress =>
        Environment.GetEnvironmentVariable(Variable)?.TrimEnd('/') is { Length: > 0 } address ? address : null;

    public override string Address => NamedAddress!;

    public override Task InitializeAsync() => Task.CompletedTask;
}
