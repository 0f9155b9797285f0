namespace PluginLoggers.Fixtures;

/// <summary>Options of plug-ins that never come to use them.</summary>
public sealed class FaultyOptions
{
    /// <summary>Refused by the plug-in that refuses options.</summary>
    public string Address { get; set; } = "";
}
