using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace PluginLoggers.Hosting.Tests.Watching;

/// <summary>Loggers that are enabled while a run is going on.</summary>
public sealed class LateJoiningTests
{
    private const string Before = """ "r": { "Type": "Recording" }, "late": { "Type": "Recording", "Enabled": false } """;
    private const string After = """ "r": { "Type": "Recording" }, "late": { "Type": "Recording" } """;

    [Fact]
    public async Task A_logger_that_is_enabled_during_a_run_is_given_it_from_its_first_record()
    {
        using var lab = new WatchedLab(Before);
        lab.Run.LogMetric("loss", 1);
        var injected = lab.Services.GetRequiredKeyedService<ILightningLogger>("LATE");
        injected.LogMetric("for late alone", 2);
        lab.Write(After);
        lab.Look();
        Assert.Single(lab.Run);
        lab.Look(times: 3);
        lab.Run.LogMetric("accuracy", 3);

        Assert.True(await lab.Run.WaitForDeliveryAsync("late", Timeout.InfiniteTimeSpan));
        Assert.Equal(["loss", "for late alone", "accuracy"], lab.Lab.Recording.Names("late"));
        Assert.True(await lab.Run.WaitForDeliveryAsync("r", Timeout.InfiniteTimeSpan));
        Assert.Equal(["loss", "accuracy"], lab.Lab.Recording.Names("r"));
        Assert.Equal(["r", "late"], lab.Run.Keys);
        Assert.Same(injected, lab.Run["late"]);
        Assert.Same(injected, lab.Run[1]);
        Assert.Equal(["r", "late"], lab.Run.Deliveries.Select(delivery => delivery.Key));
        Assert.Equal(["late", "r"], lab.Lab.Record().Loggers.Keys.Order(StringComparer.Ordinal));
        Assert.Single(lab.Lab.Told, told => told.Logger == "late");
    }

    [Fact]
    public async Task One_that_is_added_gets_the_end_of_the_run_as_well()
    {
        using var lab = new WatchedLab(""" "r": { "Type": "Recording" } """);
        Assert.Throws<KeyNotFoundException>(() => lab.Run["late"]);
        lab.Run.LogMetric("loss", 1);
        await lab.Run.FinalizeAsync(RunStatus.Finished);
        lab.Write(After);
        lab.Look(times: 2);
        Assert.True(await lab.Run.WaitForDeliveryAsync("late", Timeout.InfiniteTimeSpan));
        Assert.Equal(["loss"], lab.Lab.Recording.Names("late"));
        Assert.Equal([RunStatus.Finished], lab.Lab.Recording.Statuses("late"));
    }

    [Fact]
    public void A_file_that_is_being_written_is_waited_for_and_one_that_stays_broken_is_told_once()
    {
        using var lab = new WatchedLab(Before);
        lab.WriteText("{ \"LightningLoggers\": {");
        lab.Look();
        Assert.Empty(lab.Lab.Told);
        lab.Look(times: 5);
        Assert.Contains("go on with the configuration as it was", Assert.Single(lab.Lab.Told).Message, StringComparison.Ordinal);
        lab.Write(After);
        lab.Look(times: 2);
        Assert.Equal(["r", "late"], lab.Run.Keys);
    }

    [Fact]
    public void A_mistake_of_the_changed_configuration_is_told_once_and_nothing_changes()
    {
        using var lab = new WatchedLab(Before);
        lab.Write(""" "late": { "Type": "Recording", "Options": { "Wrong": 1 } }, "r": { "Type": "Recording", "Enabled": false } """);
        lab.Look(times: 5);
        var told = Assert.Single(lab.Lab.Told);
        Assert.Contains("LightningLoggers:Loggers:late:Options:Wrong", told.Message, StringComparison.Ordinal);
        Assert.Equal(["r"], lab.Run.Keys);
    }

    [Fact]
    public void A_plugin_that_refuses_its_logger_is_told_once_and_the_others_join()
    {
        using var lab = new WatchedLab(Before);
        lab.Lab.Recording.Created = (context, _) =>
        {
            if (context.Key == "late")
            {
                throw new LoggerOptionsException("no");
            }
        };
        lab.Write(After + """, "other": { "Type": "Recording" } """);
        lab.Look(times: 5);
        Assert.Equal(["r", "other"], lab.Run.Keys);
        Assert.Single(lab.Lab.ToldOf("late", "The run goes on without it."));
    }

    [Fact]
    public async Task A_logger_of_the_run_stays_as_it_is_until_the_next_one()
    {
        using var lab = new WatchedLab(After);
        lab.Write(
            """ "r": { "Type": "Recording", "Enabled": false }, "late": { "Type": "Recording" } """, ", \"Tags\": { \"team\": \"b\" }");
        lab.Look(times: 4);
        lab.Run.LogMetric("loss", 1);
        Assert.True(await lab.Run.WaitForDeliveryAsync("r", Timeout.InfiniteTimeSpan));
        Assert.Equal(["loss"], lab.Lab.Recording.Names("r"));
        Assert.Single(lab.Lab.ToldOf(null, "LightningLoggers:Loggers:r was changed."));
        Assert.Single(lab.Lab.ToldOf(null, "LightningLoggers:Run was changed."));
        Assert.Equal(2, lab.Lab.Told.Length);

        using var next = lab.Services.GetRequiredService<ILightningLoggerFactory>().Create();
        Assert.Equal(["late"], next.Keys);
        Assert.Equal("b", lab.Lab.Recording.ContextOf("late").Tags["team"]);
    }

    [Fact]
    public async Task It_looks_by_itself()
    {
        using var lab = new Lab();
        var file = Path.Combine(lab.SaveDir, "settings.json");
        Write("false");
        var joined = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lab.Recording.Created = (context, _) => joined.TrySetResult();
        await using var services = new ServiceCollection()
            .AddLightningLoggers(new ConfigurationBuilder().AddJsonFile(file).Build(), lab.Setup).BuildServiceProvider();
        var run = services.GetRequiredService<LightningRun>();
        Write("true");
        await joined.Task;
        await run.FinalizeAsync(RunStatus.Finished);

        void Write(string enabled) => File.WriteAllText(file, lab.Json($$""" "late": { "Type": "Recording", "Enabled": {{enabled}} } """)
            .Replace("\"Plugins\": {", "\"Plugins\": { \"Watch\": true,", StringComparison.Ordinal));
    }
}
