namespace PluginLoggers;

/// <summary>Marks a plug-in, and names it for the configuration. The host reads it without running any code.</summary>
/// <param name="alias">What stands in the configuration as <c>Type</c>; compared without regard to case.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class LoggerPluginAttribute(string alias) : Attribute
{
    /// <summary>What stands in the configuration as <c>Type</c>.</summary>
    public string Alias { get; } = alias;
}
