using System.Diagnostics;
using System.Runtime.InteropServices;

namespace PluginLoggers.Benchmarks.Support;

/// <summary>
/// How long the calling thread has run: what others do with the processors meanwhile does not count. Wall time where the system is
/// not Linux.
/// </summary>
internal static class ThreadTime
{
    private const int ThreadClock = 3;

    public static double Nanoseconds()
    {
        if (OperatingSystem.IsLinux() && Environment.Is64BitProcess && ReadClock(ThreadClock, out var time) == 0)
        {
            return (time.Seconds * 1e9) + time.Nanoseconds;
        }

        return Stopwatch.GetTimestamp() * (1e9 / Stopwatch.Frequency);
    }

    /// <summary>https://man7.org/linux/man-pages/man3/clock_gettime.3.html; there is no managed way to a thread's time.</summary>
    [DllImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ReadClock(int clock, out TimeSpec time);

    private readonly record struct TimeSpec(long Seconds, long Nanoseconds);
}
