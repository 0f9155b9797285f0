using System.Diagnostics;

namespace PluginLoggers.Hosting.Tests.Runs;

/// <summary>A process that opens a run, see <c>tests/RunProcess/Program.cs</c>. Killed when disposed.</summary>
internal sealed class RunProcess : IDisposable
{
    private readonly Process _process;

    private RunProcess(Process process)
    {
        _process = process;
    }

    public int Id => _process.Id;

    /// <summary>Starts one; it opens the run when told to.</summary>
    public static RunProcess Start(params string[] arguments)
    {
        // Not the program that runs the tests, which need not be dotnet: the one that the running framework belongs to.
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var dotnet = Path.Combine(framework, "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
        var program = Path.Combine(AppContext.BaseDirectory, "PluginLoggers.RunProcess.dll");
        return new RunProcess(Process.Start(new ProcessStartInfo(dotnet, ["exec", program, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!);
    }

    public async Task UntilReadyAsync() => Assert.Equal("ready", await ReadLineAsync());

    public void Continue() => _process.StandardInput.WriteLine();

    public async Task<string?> ReadLineAsync() => await _process.StandardOutput.ReadLineAsync();

    /// <summary>Has it open the run.</summary>
    /// <returns>The version, or the mistake.</returns>
    public async Task<string?> OpenAsync()
    {
        await UntilReadyAsync();
        Continue();
        return await ReadLineAsync();
    }

    public async Task EndAsync()
    {
        Continue();
        await _process.WaitForExitAsync();
    }

    public async Task KillAsync()
    {
        _process.Kill();
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
