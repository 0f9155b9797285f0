using System.Globalization;

namespace PluginLoggers.Tests;

/// <summary>The signals that end a process, as far as a test can send them.</summary>
internal static class Signals
{
    private const ulong HangupAndInterrupt = 0b11;
    private const string Status = "/proc/self/status";
    private const string Ignored = "SigIgn:";

    /// <summary>Why they do not arrive; null if they do. What is started in the background may ignore them, and so do its children.</summary>
    public static string? Obstacle { get; } = OperatingSystem.IsWindows() ? "Windows has no signals between processes."
        : AreIgnored() ? "This process was started with SIGHUP or SIGINT ignored, and so is every process that it starts."
        : null;

    private static bool AreIgnored()
    {
        var line = File.Exists(Status)
            ? File.ReadLines(Status).FirstOrDefault(line => line.StartsWith(Ignored, StringComparison.Ordinal))
            : null;
        return line is not null
            && ulong.TryParse(line[Ignored.Length..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var signals)
            && (signals & HangupAndInterrupt) != 0;
    }
}
