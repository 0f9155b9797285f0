using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PluginLoggers;
using PluginLoggers.Hosting;
using PluginLoggers.Hosting.Configuration;
using PluginLoggers.LoggingProgram;

// Usage: CONFIGURATION MODE COUNT [COPIES]. With "sync" it delivers what is behind in all runs, and kills itself before the COUNT-th system
// call that changes a file; with "sync-copied" it puts a copy of the first run into COPIES before each such call; both say how many there
// were. "run-copied" does so with a run of COUNT saves that is logged, ended and logged again. "memory" logs COUNT calls of 100 metrics,
// five times, and says each time how much memory is in use. Any other mode opens the run of the configuration and logs COUNT calls without
// a step; then "exit" calls Environment.Exit, "throw" throws, "wait" says "logged" and waits to be ended. "endless" goes on, saves after
// every COUNT calls, and says then how many are safe. Every 500th value is no number.
var configuration = new ConfigurationBuilder().AddJsonFile(args[0]).Build();
var count = int.Parse(args[2], CultureInfo.InvariantCulture);

// For a plug-in that hangs.
AppContext.SetData("never", new ManualResetEvent(false));
var runFolder = Path.Combine(configuration["LightningLoggers:Run:SaveDir"]!, "digits", "version_0");
switch (args[1])
{
    case "sync":
        await SynchronizeAsync(count == 0 ? Steps.Counted() : Steps.KilledBefore(count));
        return;
    case "sync-copied":
        await SynchronizeAsync(Steps.Copied(runFolder, args[3]));
        return;
    case "run-copied":
        await LogAndEndAsync(Steps.Copied(runFolder, args[3]));
        return;
    case "memory":
        await MeasureMemoryAsync();
        return;
}

var run = Open();
for (var logged = 0; logged == 0 || args[1] == "endless";)
{
    for (var i = 0; i < count; i++, logged++)
    {
        run.LogMetric("loss", logged % 500 == 499 ? double.NaN : logged);
    }

    if (args[1] == "endless")
    {
        await run.SaveAsync();
        Console.WriteLine(logged);
    }
}

switch (args[1])
{
    case "exit":
        Environment.Exit(3);
        break;
    case "throw":
        throw new InvalidOperationException("Nobody handles this.");
    default:
        Console.WriteLine("logged");
        Thread.Sleep(Timeout.Infinite);
        break;
}

ILightningLogger Open() => new ServiceCollection()
    .AddLightningLoggers(configuration, setup => setup.GateRanks = false)
    .BuildServiceProvider()
    .GetRequiredService<ILightningLogger>();

async Task SynchronizeAsync(Steps steps)
{
    var settings = LoggersConfiguration.Read(configuration);
    var synchronizer = new RunSynchronizer(settings, new WriterDiagnostics());
    foreach (var summary in new RunLibrary(settings.Run.SaveDir).List())
    {
        await synchronizer.SynchronizeAsync(summary);
    }

    Console.WriteLine(steps.Count);
}

async Task LogAndEndAsync(Steps steps)
{
    await using var logged = Open();
    foreach (var status in (RunStatus[])[RunStatus.Finished, RunStatus.Failed])
    {
        for (var i = 0; i < count; i++)
        {
            logged.LogMetric("loss", i);
            await logged.SaveAsync();
            steps.Safe++;
        }

        await logged.FinalizeAsync(status);
    }

    Console.WriteLine(steps.Count);
}

async Task MeasureMemoryAsync()
{
    var measured = Open();
    var metrics = Enumerable.Range(0, 100).Select(i => new Metric($"metric {i}", i)).ToArray();
    for (var part = 0; part < 5; part++)
    {
        for (var i = 0; i < count; i++)
        {
            measured.LogMetrics(metrics);
        }

        await measured.SaveAsync();
        Console.WriteLine(GC.GetTotalMemory(forceFullCollection: true));
    }

    Environment.Exit(0);
}
