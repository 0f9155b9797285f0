using Microsoft.Extensions.Configuration;

namespace PluginLoggers.Hosting.Configuration;

/// <summary>A logger as it stands in the configuration.</summary>
internal sealed class LoggerSection
{
    public string? Type { get; set; }

    public bool Enabled { get; set; } = true;

    public IReadOnlyList<string> Include { get; set; } = [];

    public IReadOnlyList<string> Exclude { get; set; } = [];

    /// <summary>Bound later, when the plug-in says to what.</summary>
    public IConfigurationSection? Options { get; set; }
}
