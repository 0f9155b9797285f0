namespace PluginLoggers.Tests;

/// <summary>A fact about the signals that end a process; it is shown as skipped where they do not arrive.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SignalFactAttribute : FactAttribute
{
    public SignalFactAttribute() => Skip = Signals.Obstacle;
}
