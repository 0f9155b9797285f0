using System.Diagnostics;
using System.Globalization;
using PluginLoggers.Benchmarks.Figures;

namespace PluginLoggers.Benchmarks.Support;

/// <summary>
/// Another process of this program, for what can be measured only once in one: a first use, or a peak. It prints one number.
/// </summary>
internal static class ChildProcess
{
    public static double Measure(string figure, params ReadOnlySpan<string> arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        foreach (var argument in (string[])["child", figure, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? double.Parse(output, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"{figure} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }

    public static int RunAsChild(string figure, ReadOnlySpan<string> arguments)
    {
        var measured = figure switch
        {
            MemoryLag.ChildName => MemoryLag.MeasureInChild(arguments),
            StartPlugins.ChildName => StartPlugins.MeasureInChild(arguments),
            _ => double.NaN,
        };
        Console.WriteLine(measured.ToString("R", CultureInfo.InvariantCulture));
        return double.IsNaN(measured) ? 1 : 0;
    }
}
