namespace PluginLoggers.Hosting.Plugins;

/// <summary>PL002: a plug-in is built for this host's .NET, for an older one, or for .NET Standard.</summary>
internal static class FrameworkRule
{
    private static readonly Version HostVersion = new(Environment.Version.Major, Environment.Version.Minor);

    /// <summary>Checks what the main DLL says of itself.</summary>
    /// <param name="file">The DLL.</param>
    /// <param name="facts">Its facts.</param>
    public static PluginDefect? Check(string file, AssemblyFacts facts)
    {
        // One that does not say is judged by its references alone.
        if (facts.TargetFramework is not { } framework || Supports(framework))
        {
            return null;
        }

        return PluginDefects.OtherFramework(file, Text.OneLine(framework, 100));
    }

    private static bool Supports(string framework)
    {
        var parts = framework.Split(',', StringSplitOptions.TrimEntries);
        return parts[0] switch
        {
            ".NETStandard" => true,
            ".NETCoreApp" => VersionOf(parts) is not { } version || version <= HostVersion,
            _ => false,
        };
    }

    private static Version? VersionOf(string[] parts)
    {
        var text = Array.Find(parts, part => part.StartsWith("Version=v", StringComparison.Ordinal));
        return text is not null && Version.TryParse(text.AsSpan("Version=v".Length), out var version) ? version : null;
    }
}
