using System.Diagnostics;
using System.Globalization;

namespace PluginLoggers.Hosting.Tests.Logging;

/// <summary>A process that logs, see <c>tests/LoggingProcess/Program.cs</c>. Killed when disposed.</summary>
internal sealed class LoggingProcess : IDisposable
{
    private readonly Process _process;

    private LoggingProcess(Process process) => _process = process;

    public int ExitCode => _process.ExitCode;

    public static LoggingProcess Start(string configuration, string mode, int count, params string[] more)
    {
        // Not the program that runs the tests, which need not be dotnet: the one that the running framework belongs to.
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var dotnet = Path.Combine(framework, "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
        var program = Path.Combine(AppContext.BaseDirectory, "PluginLoggers.LoggingProcess.dll");

        // The frameworks of the tests, because what those bring was not copied beside the program.
        var frameworks = Path.Combine(AppContext.BaseDirectory, typeof(LoggingProcess).Assembly.GetName().Name + ".runtimeconfig.json");
        string[] arguments =
            ["exec", "--runtimeconfig", frameworks, program, configuration, mode, count.ToString(CultureInfo.InvariantCulture), .. more];
        var start = new ProcessStartInfo(dotnet, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        if (mode.EndsWith("-copied", StringComparison.Ordinal))
        {
            // It copies files that it has locked itself.
            start.Environment["DOTNET_SYSTEM_IO_DISABLEFILELOCKING"] = "1";
        }

        var process = Process.Start(start)!;
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        return new LoggingProcess(process);
    }

    public async Task<string?> ReadLineAsync() => await _process.StandardOutput.ReadLineAsync();

    public async Task<int> UntilEndAsync()
    {
        await _process.WaitForExitAsync();
        return ExitCode;
    }

    /// <summary>Kills it now; from any thread, and more than once.</summary>
    public void Kill() => _process.Kill();

    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }
}
