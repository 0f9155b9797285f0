using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PluginLoggers.Hosting.Runs;
using PluginLoggers.Hosting.Tests.Configuration;

namespace PluginLoggers.Hosting.Tests;

/// <summary>A folder for runs, a recording plug-in besides the real ones and the fixtures, and what the user was told.</summary>
internal sealed class Lab : IDisposable, ILoggerDiagnostics
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly DirectoryInfo _saveDir = Directory.CreateTempSubdirectory("pluginloggers-lab-");
    private readonly List<ServiceProvider> _providers = [];
    private readonly List<LoggerDiagnostic> _told = [];

    public string SaveDir => _saveDir.FullName;

    public RecordingPlugin Recording { get; } = new();

    public TimeProvider Time { get; set; } = TimeProvider.System;

    public string ShutdownTimeout { get; set; } = "01:00:00";

    /// <summary>Nobody here is slow but by the machine's fault; those who hang are told of by their tests.</summary>
    public string StallTimeout { get; set; } = "01:00:00";

    public LoggerDiagnostic[] Told
    {
        get
        {
            lock (_told)
            {
                return [.. _told];
            }
        }
    }

    public string Json(string loggers, string run = "") => $$"""
        { "LightningLoggers": {
            "Run": { "Name": "digits", "SaveDir": {{JsonSerializer.Serialize(SaveDir)}} {{(run.Length > 0 ? ", " + run : "")}} },
            "Plugins": { "Folders": [ "plugins", "fixtures" ] },
            "Delivery": { "ShutdownTimeout": "{{ShutdownTimeout}}", "StallTimeout": "{{StallTimeout}}" },
            "Loggers": { {{loggers}} } } }
        """;

    public IConfiguration Configuration(string loggers, string run = "") => Settings.Json(Json(loggers, run));

    public void Setup(LightningLoggersSetup setup)
    {
        setup.Plugins.Add(Recording);
        (setup.Time, setup.Diagnostics, setup.GateRanks) = (Time, this, false);
    }

    /// <summary>The services of a program; disposed with the lab, if they are not before.</summary>
    public ServiceProvider Services(string loggers, string run = "", Action<LightningLoggersSetup>? setup = null)
    {
        var services = new ServiceCollection().AddLightningLoggers(Configuration(loggers, run), setup ?? Setup).BuildServiceProvider();
        _providers.Add(services);
        return services;
    }

    /// <summary>Opens the next run.</summary>
    public LightningRun Open(string loggers, string run = "") => Services(loggers, run).GetRequiredService<LightningRun>();

    /// <summary>Opens the first run again.</summary>
    public LightningRun Resume(string loggers, string run = "") =>
        Open(loggers, "\"Version\": \"version_0\"" + (run.Length > 0 ? ", " + run : ""));

    /// <summary>Opens the first run again until everything is delivered.</summary>
    public async Task DeliverAsync(string loggers)
    {
        await using var run = Resume(loggers);
        await run.FinalizeAsync(RunStatus.Finished);
        await DeliveredAsync(run);
    }

    /// <summary>Waits until everybody has everything, however often that has to be tried.</summary>
    public static async Task DeliveredAsync(LightningRun run)
    {
        for (var tries = 0; !await run.WaitForDeliveryAsync(Patience); tries++)
        {
            Assert.True(tries < 100, string.Join('\n', run.Deliveries));
        }
    }

    public static LoggerDelivery Delivery(LightningRun run, string key) => Assert.Single(run.Deliveries, delivery => delivery.Key == key);

    /// <summary>What was told about a logger that holds a text.</summary>
    public LoggerDiagnostic[] ToldOf(string? key, string text) =>
        [.. Told.Where(told => told.Logger == key && told.Message.Contains(text, StringComparison.Ordinal))];

    /// <summary>The lines that the misbehaving plug-in wrote in the first run.</summary>
    public string[] Lines(string key) => System.IO.File.ReadAllLines(File("version_0", key, "records.txt"));

    public string File(params string[] parts) => Path.Combine([SaveDir, "digits", .. parts]);

    public string State(string file) => File("version_0", RunFolder.StateFolder, file);

    public RunRecord Record() => RunRecord.Read(State("run.json"));

    public void Report(LoggerDiagnostic diagnostic)
    {
        lock (_told)
        {
            _told.Add(diagnostic);
        }
    }

    public void Dispose()
    {
        _providers.ForEach(static provider => provider.Dispose());
        _saveDir.Delete(recursive: true);
    }
}
