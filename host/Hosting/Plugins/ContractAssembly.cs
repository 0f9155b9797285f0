namespace PluginLoggers.Hosting.Plugins;

/// <summary>The one assembly that host and plug-ins share.</summary>
internal static class ContractAssembly
{
    public const string AttributeName = nameof(LoggerPluginAttribute);

    public const string AttributeNamespace = nameof(PluginLoggers);

    public static string Name { get; } = typeof(ILoggerPlugin).Assembly.GetName().Name!;

    public static Version Version { get; } = typeof(ILoggerPlugin).Assembly.GetName().Version!;

    /// <summary>
    /// Says whether what was built against a version of the contract works with the host's: members are only ever added, with a new minor.
    /// </summary>
    /// <param name="built">The version that the plug-in refers to.</param>
    public static bool Supports(Version built) => Supports(built, Version);

    internal static bool Supports(Version built, Version host) =>
        built.Major == host.Major && new Version(built.Major, built.Minor) <= new Version(host.Major, host.Minor);
}
