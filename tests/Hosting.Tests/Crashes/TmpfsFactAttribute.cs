namespace PluginLoggers.Hosting.Tests.Crashes;

/// <summary>A fact about a disk that is really full.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TmpfsFactAttribute : FactAttribute
{
    public TmpfsFactAttribute() =>
        Skip = Tmpfs.IsAllowed ? null : "This process may not mount a small disk; the injected form of this test runs everywhere.";
}
