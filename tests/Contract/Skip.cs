using System.Diagnostics.CodeAnalysis;

namespace PluginLoggers.Contract;

/// <summary>Ends a test as skipped, which the report shows with its reason.</summary>
internal static class Skip
{
    [DoesNotReturn]
    public static void Because(string reason) => throw new SkippedException(reason);

    /// <summary>xunit 2 takes an exception whose message begins so for a skipped test.</summary>
    private sealed class SkippedException(string reason) : Exception("$XunitDynamicSkip$" + reason);
}
