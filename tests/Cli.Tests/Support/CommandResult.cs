namespace PluginLoggers.Cli.Tests.Support;

/// <summary>What a command did.</summary>
internal sealed record CommandResult(int ExitCode, string Out, string Error)
{
    public string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
