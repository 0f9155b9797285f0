using System.ComponentModel;
using System.Diagnostics;

namespace PluginLoggers.Hosting.SystemMetrics;

/// <summary>Asks the command of NVIDIA's driver.</summary>
internal static class NvidiaSmi
{
    private const string Command = "nvidia-smi";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Its answer to a query.</summary>
    /// <param name="fields">What is asked for.</param>
    /// <exception cref="PlatformNotSupportedException">There is no such command, or no driver that answers it.</exception>
    /// <exception cref="TimeoutException">It does not come to an end.</exception>
    public static string Query(string fields) => Ask(Command, [$"--query-gpu={fields}", "--format=csv,noheader,nounits"], Patience);

    internal static string Ask(string command, string[] arguments, TimeSpan patience)
    {
        using var process = Start(command, arguments);
        var answer = process.StandardOutput.ReadToEndAsync();
        var complaint = process.StandardError.ReadToEndAsync();
        if (!Task.WaitAll([answer, complaint], patience) || !process.WaitForExit(patience))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{command} did not answer within {patience.TotalSeconds:0} s");
        }

        return process.ExitCode == 0
            ? answer.Result
            : throw new PlatformNotSupportedException(
                $"{command} ended with {process.ExitCode}: {(answer.Result + complaint.Result).Trim()}");
    }

    private static Process Start(string command, string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(command, arguments)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                CreateNoWindow = true,
            })!;
        }
        catch (Win32Exception refusal)
        {
            throw new PlatformNotSupportedException($"{command} cannot be run", refusal);
        }
    }
}
