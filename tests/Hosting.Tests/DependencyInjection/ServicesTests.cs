using Microsoft.Extensions.DependencyInjection;
using PluginLoggers.Hosting.Configuration;
using PluginLoggers.Hosting.Runs;
using PluginLoggers.Hosting.Tests.Configuration;

namespace PluginLoggers.Hosting.Tests.DependencyInjection;

/// <summary>What the container gives.</summary>
public sealed class ServicesTests : IDisposable
{
    private const string Two = """
        "first": { "Type": "Recording" }, "second": { "Type": "Recording" }, "off": { "Type": "Recording", "Enabled": false }
        """;

    private readonly Lab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Fact]
    public void Logger_collection_and_run_are_one_object()
    {
        var services = _lab.Services(Two);
        var run = services.GetRequiredService<LightningRun>();
        Assert.Same(run, services.GetRequiredService<ILightningLogger>());
        Assert.Same(run, services.GetRequiredService<LoggerCollection>());
        Assert.Equal(["first", "second"], run.Keys);
        Assert.Equal("digits", run.Name);
        Assert.Equal("version_0", run.Version);
        Assert.Equal(_lab.SaveDir, run.SaveDir);
        Assert.Equal(_lab.File("version_0"), run.Location);
    }

    [Fact]
    public async Task A_trainer_is_given_one_backend_by_its_key()
    {
        await using var services = new ServiceCollection()
            .AddLightningLoggers(_lab.Configuration(Two), _lab.Setup).AddSingleton<Trainer>().BuildServiceProvider();
        var trainer = services.GetRequiredService<Trainer>();
        trainer.Second.LogMetric("loss", 1);
        trainer.Off.LogMetric("loss", 2);
        Assert.IsType<DummyLogger>(trainer.Off);
        Assert.Same(services.GetRequiredService<LightningRun>()[1], trainer.Second);
        await services.GetRequiredService<ILightningLogger>().FinalizeAsync(RunStatus.Finished);

        Assert.Empty(_lab.Recording.Saved("first"));
        Assert.Equal(["loss"], _lab.Recording.Names("second"));
    }

    [Fact]
    public async Task A_trainer_that_ends_its_one_backend_does_not_end_the_run()
    {
        var services = _lab.Services(Two);
        var one = services.GetRequiredKeyedService<ILightningLogger>("first");
        one.LogMetric("loss", 1);
        await one.FinalizeAsync(RunStatus.Finished);
        await one.DisposeAsync();
        Assert.Equal(RunStatus.Running, _lab.Record().Status);
        services.GetRequiredService<ILightningLogger>().LogMetric("loss", 2);
        await services.GetRequiredService<ILightningLogger>().FinalizeAsync(RunStatus.Finished);
        Assert.Equal([0, 1], _lab.Recording.Steps("first"));
    }

    [Fact]
    public void An_unknown_key_is_an_error_that_lists_those_there_are()
    {
        var mistake = Assert.Throws<KeyNotFoundException>(() => _lab.Services(Two).GetRequiredKeyedService<ILightningLogger>("frist"));
        Assert.Equal(
            "The configuration has no logger 'frist' in LightningLoggers:Loggers; it has: first, off (not enabled), second.", mistake.Message);
        Assert.Throws<ArgumentException>(() => _lab.Services(Two).GetRequiredKeyedService<ILightningLogger>(7));
    }

    [Fact]
    public async Task The_container_disposes_the_run_once_however_often_it_is_registered()
    {
        var services = new ServiceCollection().AddLightningLoggers(_lab.Configuration(Two), _lab.Setup)
            .AddLightningLoggers(_lab.Configuration(""" "other": { "Type": "Nonsense" } """)).BuildServiceProvider();
        var run = services.GetRequiredService<LightningRun>();
        run.LogMetric("loss", 1);
        _ = services.GetRequiredKeyedService<ILightningLogger>("first");
        _ = services.GetRequiredService<ILightningLoggerFactory>();
        services.Dispose();
        await services.DisposeAsync();
        Assert.All(run.Session.Loops, loop => loop.Join(Timeout.InfiniteTimeSpan));
        Assert.Equal([RunStatus.Killed], _lab.Recording.Statuses("first"));
        Assert.All(_lab.Recording.Of("first"), logger => Assert.True(logger.IsDisposed));
        Assert.Single(_lab.Told);
    }

    [Fact]
    public async Task The_factory_starts_many_runs()
    {
        var services = _lab.Services(Two, """ "Tags": { "team": "a", "kind": "x" } """);
        var factory = services.GetRequiredService<ILightningLoggerFactory>();
        var parent = (LightningRun)factory.Create();
        var child = (LightningRun)factory.Create(new RunDescription
        {
            Name = "digits/fold",
            Parent = parent,
            Tags = new Dictionary<string, string> { ["kind"] = "fold" },
        });
        var named = factory.Create(new RunDescription { Version = "mine" });
        Assert.Equal(("version_0", "version_0", "mine"), (parent.Version, child.Version, named.Version));
        Assert.Equal("version_1", factory.Create().Version);
        var record = RunRecord.Read(Path.Combine(child.RunDirectory, RunFolder.StateFolder, "run.json"));
        Assert.Equal(parent.RunId, record.ParentRunId);
        Assert.Equal(("a", "fold"), (record.Tags["team"], record.Tags["kind"]));
        Assert.Throws<ArgumentException>(() => factory.Create(new RunDescription { Parent = named[0] }));

        child.LogMetric("loss", 1);
        await child.DisposeAsync();
        await services.DisposeAsync();
        Assert.Throws<ObjectDisposedException>(() => factory.Create());
        Assert.Equal(4, RunStore.Find(_lab.SaveDir).Count());
    }

    [Fact]
    public async Task A_configured_version_is_for_the_first_run_and_the_others_get_the_next()
    {
        await using var services = _lab.Services(Two, "\"Version\": \"best\"");
        var factory = services.GetRequiredService<ILightningLoggerFactory>();
        Assert.Equal(["best", "version_0", "version_1"], [factory.Create().Version, factory.Create().Version, factory.Create().Version]);
    }

    [Fact]
    public void Who_has_a_run_is_told_to_whoever_wants_it_too()
    {
        using var first = _lab.Open(Two);
        var mistake = Assert.Throws<RunLockedException>(() => _lab.Resume(Two));
        Assert.Contains("this process has it", mistake.Message, StringComparison.Ordinal);
        Assert.Equal(Environment.ProcessId, mistake.ProcessId);
    }

    [Fact]
    public void All_mistakes_are_thrown_at_the_first_resolve_and_leave_nothing_behind()
    {
        var services = _lab.Services(""" "a": { "Type": "Recordin" }, "b": { "Type": "Recording", "Options": { "X": 1 } } """);
        Assert.Equal(2, Assert.Throws<LoggersConfigurationException>(() => services.GetRequiredService<ILightningLogger>()).Mistakes.Count);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_lab.SaveDir));
    }

    [Fact]
    public void A_backend_that_cannot_be_created_stops_the_start_and_the_users_files_stay()
    {
        var mine = _lab.File("mine", "weights.bin");
        Directory.CreateDirectory(Path.GetDirectoryName(mine)!);
        File.WriteAllText(mine, "weights");
        _lab.Recording.Created = (context, logger) =>
            _ = context.Key == "second" ? throw new InvalidOperationException("No such device.") : 0;

        var mistake = Assert.Throws<LoggersConfigurationException>(() => _lab.Open(Two, "\"Version\": \"mine\""));
        Assert.Contains("PL008", mistake.Message, StringComparison.Ordinal);
        Assert.Contains("No such device.", mistake.Message, StringComparison.Ordinal);
        Assert.Equal([mine], Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(mine)!));
        Assert.True(Assert.Single(_lab.Recording.Of("first")).IsDisposed);

        Assert.Throws<LoggersConfigurationException>(() => _lab.Open(Two));
        Assert.False(Directory.Exists(_lab.File("version_0")));
    }

    [Fact]
    public void A_folder_that_cannot_be_written_stops_the_start()
    {
        var file = Path.Combine(_lab.SaveDir, "file");
        File.WriteAllText(file, "");
        var configuration = Settings.Json(_lab.Json(Two).Replace(
            System.Text.Json.JsonSerializer.Serialize(_lab.SaveDir), System.Text.Json.JsonSerializer.Serialize(file), StringComparison.Ordinal));
        using var services = new ServiceCollection().AddLightningLoggers(configuration, _lab.Setup).BuildServiceProvider();
        var refusal = Assert.ThrowsAny<IOException>(() => services.GetRequiredService<ILightningLogger>());
        Assert.Contains("Run:SaveDir", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_process_of_another_rank_logs_nothing_and_loads_nothing()
    {
        var services = _lab.Services(Two, "\"Rank\": 3", setup =>
        {
            _lab.Setup(setup);
            setup.GateRanks = true;
        });
        var logger = services.GetRequiredService<ILightningLogger>();
        logger.LogMetric("loss", 1);
        ((dynamic)logger.Experiment).add_anything(1);
        Assert.IsType<DummyLogger>(services.GetRequiredKeyedService<ILightningLogger>("first"));
        _ = services.GetRequiredService<ILightningLoggerFactory>().Create();
        Assert.Contains("rank 3 (Run:Rank)", Assert.Single(_lab.Told).Message, StringComparison.Ordinal);
        Assert.Empty(_lab.Recording.Of("first"));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_lab.SaveDir));
        services.Dispose();
    }

    private sealed class Trainer([FromKeyedServices("second")] ILightningLogger second, [FromKeyedServices("off")] ILightningLogger off)
    {
        public ILightningLogger Second => second;

        public ILightningLogger Off => off;
    }
}
