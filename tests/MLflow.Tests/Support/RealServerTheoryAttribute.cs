namespace PluginLoggers.MLflow.Tests;

/// <summary>A theory about the server that an environment variable names; skipped without it.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RealServerTheoryAttribute : TheoryAttribute
{
    public RealServerTheoryAttribute() =>
        Skip = RealServer.NamedAddress is null
            ? $"There is no real MLflow server to test against: set {RealServer.Variable} to the address of one." : null;
}
