namespace PluginLoggers.Hosting.Plugins;

/// <summary>The table of everything that can be wrong with a plug-in. The codes are promised; scripts look for them.</summary>
internal static class PluginDefects
{
    public const string AliasTaken = "PL006";

    public static PluginDefect MissingMain(string folder, string name, string? detail = null) => new(
        "PL000", folder, detail ?? $"{name}.dll is missing", $"expected {name}/{name}.dll, with its dependencies beside it");

    public static PluginDefect LooseMain(string file, string name) => new(
        "PL000", file, "a plug-in that stands in no folder of its own", $"move it and its dependencies to {name}/{name}.dll");

    public static PluginDefect NotAnAssembly(string file, string detail) => new(
        "PL001", file, $"not a .NET assembly ({detail})", "publish the plug-in anew and copy its whole folder");

    public static PluginDefect OtherFramework(string file, string framework) => new(
        "PL002", file, $"built for {framework}; this host runs .NET {Environment.Version.ToString(2)}", RebuildOrUpgrade);

    public static PluginDefect NewerFramework(string file, AssemblyReference needed, Version present) => new(
        "PL002", file, $"needs {needed.Name} {needed.Version}; this host's .NET has {present}", RebuildOrUpgrade);

    public static PluginDefect ShadowsFramework(string file, AssemblyReference found, Version present) => new(
        "PL002",
        file,
        $"brings {found.Name} {found.Version}, which is a part of .NET, in a newer version than this host's {present}",
        $"use package versions made for .NET {Environment.Version.ToString(2)}, or upgrade the host");

    public static PluginDefect ContractVersion(string file, Version built, Version host) => new(
        "PL003",
        file,
        $"built against version {built} of the contract {ContractAssembly.Name}; this host has {host}",
        built.Major == host.Major
            ? "upgrade the host, or use an older release of the plug-in"
            : $"use a release of the plug-in for version {host.Major} of the contract");

    public static PluginDefect MissingDependency(string file, AssemblyReference needed, Version? present = null) => new(
        "PL004",
        file,
        present is null
            ? $"needs {needed.Name} {needed.Version}, found neither beside it nor in the host"
            : $"needs {needed.Name} {needed.Version}, found only {present}",
        "publish the plug-in anew (dotnet publish) and copy its whole folder");

    public static PluginDefect NoPlugin(string file, string? detail = null) => new(
        "PL005",
        file,
        detail ?? "no type carries [LoggerPlugin]",
        "mark one public class with a parameterless constructor that implements ILoggerPlugin<TOptions>");

    public static PluginDefect TakenAlias(string file, string alias, string other) => new(
        AliasTaken, file, $"the alias {alias} is already provided by {other}", "remove one of the two, or make it a copy of the other");

    public static PluginDefect CorruptDependencies(string file, string detail) => new(
        "PL007", file, detail, "publish the plug-in anew and copy its whole folder");

    public static PluginDefect Throws(string file, string type, Exception exception) => new(
        "PL008",
        file,
        $"{type} throws when created: {Text.OneLine(exception.GetBaseException().Message)}",
        "ask its author, or use another release");

    public static PluginDefect DiffersFromLock(string pinned, string file, string detail) => new(
        "PL009",
        file,
        detail,
        $"restore the plug-in, or, if the change is meant, run in {Path.GetDirectoryName(pinned)}: pluginloggers plugins lock");

    private static string RebuildOrUpgrade => $"rebuild it for net{Environment.Version.ToString(2)}, or upgrade the host";
}
