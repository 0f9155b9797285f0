namespace PluginLoggers.Tests;

/// <summary>A theory that needs what Windows does not have; it is shown there as skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UnixTheoryAttribute : TheoryAttribute
{
    /// <param name="reason">What is missing on Windows.</param>
    public UnixTheoryAttribute(string reason) => Skip = OperatingSystem.IsWindows() ? reason : null;
}
