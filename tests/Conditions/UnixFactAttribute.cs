namespace PluginLoggers.Tests;

/// <summary>A fact that needs what Windows does not have; it is shown there as skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UnixFactAttribute : FactAttribute
{
    /// <param name="reason">What is missing on Windows.</param>
    public UnixFactAttribute(string reason) => Skip = OperatingSystem.IsWindows() ? reason : null;
}
