namespace PluginLoggers.Cli;

/// <summary>What the command tells the program that started it. A signal gives 128 and its number, as a shell would.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>What was asked for failed, or was done in part.</summary>
    public const int Failed = 1;

    /// <summary>Wrong usage or configuration: nothing was done.</summary>
    public const int WrongUsage = 2;

    /// <summary>Done, but something is left undelivered.</summary>
    public const int Undelivered = 3;
}
