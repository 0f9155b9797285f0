namespace PluginLoggers.Hosting.Tests;

/// <summary>A fact about the places between system calls, which only a debug build shows; see <c>DurableStep</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class DebugFactAttribute : FactAttribute
{
#if !DEBUG
    public DebugFactAttribute() => Skip = "A release build does not show the places between its system calls.";
#endif
}
