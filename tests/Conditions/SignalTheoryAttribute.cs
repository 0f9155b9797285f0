namespace PluginLoggers.Tests;

/// <summary>A theory about the signals that end a process; it is shown as skipped where they do not arrive.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SignalTheoryAttribute : TheoryAttribute
{
    public SignalTheoryAttribute() => Skip = Signals.Obstacle;
}
