namespace PluginLoggers.Cli.Tests.Support;

/// <summary>Ends a test as skipped, which the report shows with its reason.</summary>
internal static class Skip
{
    public static void OnWindows(string reason)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new SkippedException(reason);
        }
    }

    /// <summary>xunit 2 takes an exception whose message begins so for a skipped test.</summary>
    private sealed class SkippedException(string reason) : Exception("$XunitDynamicSkip$" + reason);
}
