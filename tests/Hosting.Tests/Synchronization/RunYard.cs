using System.Buffers.Binary;
using System.Numerics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PluginLoggers.Hosting.Configuration;

namespace PluginLoggers.Hosting.Tests.Synchronization;

/// <summary>A folder of runs, and programs that log to them.</summary>
internal sealed class RunYard : ILoggerDiagnostics, IDisposable
{
    private readonly List<LoggerDiagnostic> _told = [];

    public SwitchablePlugin Plugin { get; } = new();

    public string SaveDir { get; } = Directory.CreateTempSubdirectory("runs-").FullName;

    public RunLibrary Library => new(SaveDir);

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

    public void Report(LoggerDiagnostic diagnostic)
    {
        lock (_told)
        {
            _told.Add(diagnostic);
        }
    }

    /// <summary>Whether programs and synchronizers delete journals that everybody has.</summary>
    public bool DeletesJournals { get; set; }

    /// <summary>
    /// A program that logs to the given loggers, <c>key=Type</c> or <c>key=Type=Address=Patience</c>; disposed, it has ended.
    /// </summary>
    public ServiceProvider Program(params string[] loggers) => new ServiceCollection()
        .AddLightningLoggers(Settings(loggers), setup =>
        {
            setup.Plugins.Add(Plugin);
            setup.Diagnostics = this;
            setup.GateRanks = false;
        })
        .BuildServiceProvider();

    public RunSynchronizer Synchronizer(params string[] loggers) => Synchronizer(deadLetters: false, loggers);

    public RunSynchronizer Synchronizer(bool deadLetters, params string[] loggers) => new(
        LoggersConfiguration.ReadForSynchronization(Settings(loggers), discover: settings =>
        {
            var catalog = settings.Discover();
            catalog.Add(Plugin);
            return catalog;
        }),
        this)
    {
        RedeliversDeadLetters = deadLetters,
    };

    /// <summary>A copy of a run as a crash at this moment would leave it.</summary>
    public RunSummary Interrupt(LightningRun run)
    {
        var copy = Path.Combine(SaveDir, run.Name, "interrupted");
        foreach (var file in Directory.EnumerateFiles(run.RunDirectory, "*", SearchOption.AllDirectories).Where(file => !Path.GetFileName(file).StartsWith("lock", StringComparison.Ordinal)))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(run.RunDirectory, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            using var from = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var to = File.Create(target);
            from.CopyTo(to);
        }

        return Library.Find($"{run.Name}/interrupted").Single();
    }

    /// <summary>Makes the first journal of a run one that a newer program wrote.</summary>
    public static void MakeJournalNewer(RunSummary run)
    {
        const int LengthUnderCrc = 20;
        var path = Path.Combine(run.Directory, ".pluginloggers", "0001.journal");
        var content = File.ReadAllBytes(path);
        BinaryPrimitives.WriteInt32LittleEndian(content.AsSpan(8), 2);
        var crc = content.AsSpan(0, LengthUnderCrc).ToArray().Aggregate(uint.MaxValue, BitOperations.Crc32C);
        BinaryPrimitives.WriteUInt32LittleEndian(content.AsSpan(LengthUnderCrc), ~crc);
        File.WriteAllBytes(path, content);
    }

    public void Dispose() => Directory.Delete(SaveDir, recursive: true);

    private IConfiguration Settings(string[] loggers) => new ConfigurationBuilder()
        .AddInMemoryCollection(loggers
            .Select(logger => logger.Split('='))
            .SelectMany(parts => new Dictionary<string, string?>
            {
                [$"LightningLoggers:Loggers:{parts[0]}:Type"] = parts[1],
                [$"LightningLoggers:Loggers:{parts[0]}:Options:Address"] = parts.ElementAtOrDefault(2),
                [$"LightningLoggers:Loggers:{parts[0]}:Options:Patience"] = parts.ElementAtOrDefault(3),
            }.Where(value => value.Value is not null))
            .Append(new("LightningLoggers:Run:Journal", DeletesJournals ? "Delete" : "Keep"))
            .Append(new("LightningLoggers:Run:SaveDir", SaveDir))
            .Append(new("LightningLoggers:Run:Name", "yard"))
            .Append(new("LightningLoggers:Delivery:ShutdownTimeout", "01:00:00"))
            .Append(new("LightningLoggers:Delivery:StallTimeout", "01:00:00")))
        .Build();
}
