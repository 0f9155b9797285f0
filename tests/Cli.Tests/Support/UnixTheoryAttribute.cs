using System.Globalization;

namespace PluginLoggers.Cli.Tests.Support;

/// <summary>A theory about the signals that end a process. They do not exist on Windows, and a process that was started in the background may ignore them.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UnixTheoryAttribute : TheoryAttribute
{
    private const ulong HangupAndInterrupt = 0b11;
    private const string Status = "/proc/self/status";
    private const string IgnoredSignals = "SigIgn:";

    public UnixTheoryAttribute() => Skip = OperatingSystem.IsWindows() ? "Windows has no such signals."
        : IgnoresSignals() ? "This process was started with SIGHUP or SIGINT ignored, and so is every process that it starts."
        : null;

    private static bool IgnoresSignals()
    {
        var line = File.Exists(Status) ? File.ReadLines(Status).FirstOrDefault(line => line.StartsWith(IgnoredSignals, StringComparison.Ordinal)) : null;
        return line is not null
            && (ulong.Parse(line[IgnoredSignals.Length..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & HangupAndInterrupt) != 0;
    }
}
