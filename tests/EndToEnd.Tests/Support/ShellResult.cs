namespace PluginLoggers.EndToEnd.Tests.Support;

/// <summary>What a command line did.</summary>
internal sealed record ShellResult(int ExitCode, string Output, string Error);
