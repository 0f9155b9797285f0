using PluginLoggers.Hosting.Runs;

// Usage: SAVEDIR NAME [VERSION]. Says "ready", opens the run at the first line from its input and answers with the version, or with the
// mistake; holds the run until the next line or the end of its input.
Console.WriteLine("ready");
Console.ReadLine();
try
{
    using var run = OpenedRun.Open(args[0], args[1], args.ElementAtOrDefault(2), LockPurpose.Log, TimeProvider.System);
    Console.WriteLine(run.Folder.Version);
    Console.ReadLine();
    return 0;
}
catch (Exception exception) when (exception is IOException or ArgumentException)
{
    Console.WriteLine(exception.Message);
    return 1;
}
