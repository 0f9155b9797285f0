using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;

namespace PluginLoggers.Cli.Tests.Support;

/// <summary>The command as a process of its own, as a shell starts it.</summary>
internal sealed class CliProcess : IDisposable
{
    public const int Interrupt = 2;
    public const int Terminate = 15;

    private static readonly string Command = typeof(CliProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == nameof(Command)).Value!;

    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly List<string> _errors = [];

    private CliProcess(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
    }

    public StreamWriter Input => _process.StandardInput;

    public static CliProcess Start(string workingDirectory, IReadOnlyDictionary<string, string>? environment, params string[] args)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [Command, .. args])
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // However busy the machine, what works is delivered.
        start.Environment["LightningLoggers__Delivery__ShutdownTimeout"] = "01:00:00";
        start.Environment["LightningLoggers__Delivery__StallTimeout"] = "01:00:00";
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return new CliProcess(Process.Start(start)!);
    }

    /// <summary>Runs the command with an input that is at its end.</summary>
    public static async Task<CommandResult> RunAsync(string workingDirectory, params string[] args)
    {
        using var process = Start(workingDirectory, null, args);
        process.Input.Close();
        return await process.ExitAsync();
    }

    /// <summary>Waits until a line on the standard error begins so.</summary>
    public async Task ErrorLineAsync(string beginning)
    {
        string? line;
        do
        {
            line = await _process.StandardError.ReadLineAsync() ?? throw new InvalidOperationException(
                $"The command ended before a line that begins with '{beginning}': {string.Join('\n', _errors)}");
            _errors.Add(line);
        }
        while (!line.StartsWith(beginning, StringComparison.Ordinal));
    }

    public void Signal(int signal) => Assert.Equal(0, Kill(_process.Id, signal));

    public async Task<CommandResult> ExitAsync()
    {
        var errors = await _process.StandardError.ReadToEndAsync();
        var output = await _output;
        await _process.WaitForExitAsync();
        return new CommandResult(_process.ExitCode, output, string.Join('\n', [.. _errors, errors]));
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
