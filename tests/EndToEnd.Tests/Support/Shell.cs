using System.Diagnostics;

namespace PluginLoggers.EndToEnd.Tests.Support;

/// <summary>Runs command lines as a person types them.</summary>
internal static class Shell
{
    private static readonly string Dotnet = Path.GetFullPath(Path.Combine(
        Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));

    /// <summary>Runs a line of a POSIX shell in which <c>pluginloggers</c> is the command that was built with the tests.</summary>
    public static Task<ShellResult> RunAsync(string folder, string line)
    {
        var command = Path.Combine(AppContext.BaseDirectory, "pluginloggers.dll");
        string[] arguments = ["-c", $"pluginloggers() {{ '{Dotnet}' '{command}' \"$@\"; }}\n{line}"];

        // However busy the machine, what works is delivered.
        return RunAsync(
            folder,
            "/bin/sh",
            arguments,
            ("LightningLoggers__Delivery__ShutdownTimeout", "01:00:00"),
            ("LightningLoggers__Delivery__StallTimeout", "01:00:00"));
    }

    /// <summary>Runs <c>dotnet</c> with packages of its own, so that a package of this build never stays in the user's cache.</summary>
    public static Task DotnetAsync(string folder, string packages, params string[] arguments) =>
        DotnetAsync(folder, arguments, ("NUGET_PACKAGES", packages));

    /// <summary>Runs <c>dotnet msbuild</c>, and gives what it writes.</summary>
    public static Task<string> MsBuildAsync(string folder, params string[] arguments) => DotnetAsync(folder, ["msbuild", .. arguments]);

    private static async Task<string> DotnetAsync(
        string folder, string[] arguments, params (string Name, string Value)[] environment)
    {
        var result = await RunAsync(folder, Dotnet, arguments, [.. environment, ("MSBUILDDISABLENODEREUSE", "1")]);
        Assert.True(result.ExitCode == 0, result.ToString());
        return result.Output;
    }

    private static async Task<ShellResult> RunAsync(
        string folder, string program, string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new ShellResult(process.ExitCode, await output, await error);
    }
}
