using System.Diagnostics.CodeAnalysis;

namespace PluginLoggers.Contract;

/// <summary>Ends a <see cref="SkippableFactAttribute"/> test as skipped, which the report shows with the reason.</summary>
internal static class Skip
{
    [DoesNotReturn]
    public static void Because(string reason) => throw new SkippedException(reason);
}
