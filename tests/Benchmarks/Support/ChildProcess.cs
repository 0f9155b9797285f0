using System.Diagnostics;
using System.Globalization;
using PluginLoggers.Benchmarks.Figures;

namespace PluginLoggers.Benchmarks.Support;

/// <summary>
/// Another process of this program, for what can be measured only once in one: a first use, or a peak. It prints one number.
/// </summary>
internal static class ChildProcess
{
    /// <param name="figure">Which.</param>
    /// <param name="environment">Variables that it gets besides this process's own; null for none.</param>
    /// <param name="arguments">What it gets besides.</param>
    public static double Measure(
        string figure, IReadOnlyDictionary<string, string>? environment, params ReadOnlySpan<string> arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

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
