using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace PluginLoggers.Hosting.Tests.Telemetry;

/// <summary>The counters of the meter say what became of what was logged.</summary>
public sealed class HostMeterTests : IDisposable
{
    private const string Accepted = "pluginloggers.records.accepted";
    private const string Delivered = "pluginloggers.records.delivered";
    private const string LagRecords = "pluginloggers.lag.records";
    private const string LagBytes = "pluginloggers.lag.bytes";

    private readonly Lab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Fact]
    public async Task What_is_delivered_and_what_is_not_is_counted_for_each_backend()
    {
        var isDown = true;
        _lab.Recording.Created = (context, logger) =>
        {
            logger.CanShow = context.Key == "up" ? LoggerFeatures.Metrics : LoggerFeatures.All;
            logger.FailSave = () => context.Key == "down" && Volatile.Read(ref isDown) ? new IOException("down") : null;
            logger.FailLog = record => record is Contract.LoggedRecord.Metrics { Step: 3 } ? new LoggerRejectedException("bad") : null;
        };
        using var measured = new Measured("counted/version_0");
        await using var run = Open("counted", """ "up": { "Type": "Recording" }, "down": { "Type": "Recording" } """);
        Log(run, 10);
        run.LogText("note", "not for everybody");
        await run.SaveAsync();
        Assert.True(await run.WaitForDeliveryAsync("up", Timeout.InfiniteTimeSpan));
        Assert.False(await run.WaitForDeliveryAsync("down", TimeSpan.FromMilliseconds(10)));

        Assert.Equal(11, measured[Accepted]);
        Assert.Equal(0, measured["pluginloggers.records.dropped"]);
        Assert.Equal((9, 0, 0), (measured[Delivered, "up"], measured[LagRecords, "up"], measured[LagBytes, "up"]));
        Assert.Equal((1, 1), (measured["pluginloggers.records.unsupported", "up"], measured["pluginloggers.records.dead_letters", "up"]));
        Assert.True(measured["pluginloggers.save.duration", "up"] >= 1);
        Assert.Equal((null, 11), (measured[Delivered, "down"], measured[LagRecords, "down"]));
        Assert.True(measured[LagBytes, "down"] > 0);
        Assert.True(measured["pluginloggers.delivery.retries", "down"] >= 1);

        Volatile.Write(ref isDown, false);
        Assert.True(await run.WaitForDeliveryAsync("down", Timeout.InfiniteTimeSpan));
        Assert.Equal((10, 0, 0), (measured[Delivered, "down"], measured[LagRecords, "down"], measured[LagBytes, "down"]));
    }

    [Fact]
    public async Task The_lag_in_records_is_exact_when_a_run_is_resumed_and_when_it_is_delivered_anew()
    {
        const string Loggers = """ "late": { "Type": "Recording" } """;
        await using (var first = Open("resumed", Loggers))
        {
            Log(first, 10);
            await first.FinalizeAsync(RunStatus.Finished);
        }

        var isDown = true;
        _lab.Recording.Created = (context, logger) =>
        {
            logger.FailSave = () => Volatile.Read(ref isDown) ? new IOException("down") : null;
        };
        using var measured = new Measured("resumed/version_0");
        await using (var resumed = Open("resumed", Loggers, "version_0"))
        {
            Log(resumed, 5);
            await resumed.SaveAsync();

            // The status that opens the run again is a record as well.
            Assert.Equal((5, 6), (measured[Accepted], measured[LagRecords, "late"]));
            Volatile.Write(ref isDown, false);
            Assert.True(await resumed.WaitForDeliveryAsync("late", Timeout.InfiniteTimeSpan));
            Assert.Equal(0, measured[LagRecords, "late"]);
            await resumed.FinalizeAsync(RunStatus.Finished);
        }

        Volatile.Write(ref isDown, true);
        _lab.Recording.Created += static (context, _) =>
        {
            if (context.Bookmark is not null)
            {
                throw new InvalidDataException("cut short");
            }
        };
        await using var anew = Open("resumed", Loggers, "version_0");
        Assert.Equal((0, 10 + 1 + 1 + 5 + 1), (measured[Accepted], measured[LagRecords, "late"]));
        Assert.Single(_lab.ToldOf("late", "cut short. The whole run is delivered to it anew."));
        Volatile.Write(ref isDown, false);
        Assert.True(await anew.WaitForDeliveryAsync("LATE", Timeout.InfiniteTimeSpan));
        Assert.Equal(0, measured[LagRecords, "late"]);
    }

    [Fact]
    public async Task A_run_that_is_closed_is_not_measured_any_more()
    {
        using var measured = new Measured("closed/version_0");
        await using (var run = Open("closed", """ "r": { "Type": "Recording" } """))
        {
            Assert.Equal(0, measured[Accepted]);
            Log(run, 3);
            await run.FinalizeAsync(RunStatus.Finished);
            Assert.Equal(4, measured[Accepted]);
        }

        using var after = new Measured("closed/version_0");
        Assert.Null(after[Accepted]);
        Assert.Equal(3, measured[Delivered, "r"]);
    }

    [Fact]
    public async Task A_listener_that_throws_costs_neither_delivery_nor_the_process()
    {
        var saves = 0;
        _lab.Recording.Created = (_, logger) => logger.FailSave = () => ++saves == 1 ? new IOException("down") : null;
        using var listener = new MeterListener();
        listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Meter.Name == "PluginLoggers")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        var heard = 0;
        void Throw(ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            if (tags.Contains(KeyValuePair.Create<string, object?>("run", "heard/version_0")))
            {
                Interlocked.Increment(ref heard);
                throw new InvalidOperationException("I cannot count.");
            }
        }

        listener.SetMeasurementEventCallback<long>((_, _, tags, _) => Throw(tags));
        listener.SetMeasurementEventCallback<double>((_, _, tags, _) => Throw(tags));
        listener.Start();
        await using var run = Open("heard", """ "r": { "Type": "Recording" } """);
        Log(run, 10);
        await Lab.DeliveredAsync(run);

        // The retry, the duration of the save, and what it delivered.
        Assert.True(heard >= 3);
        Assert.Equal(Enumerable.Range(0, 10).Select(i => (long)i), _lab.Recording.Steps("r"));
        Assert.Equal(1, Lab.Delivery(run, "r").Failures);
    }

    private static void Log(LightningRun run, int count)
    {
        for (var step = 0; step < count; step++)
        {
            run.LogMetric("loss", step);
        }
    }

    private LightningRun Open(string name, string loggers, string? version = null) => (LightningRun)_lab.Services(loggers)
        .GetRequiredService<ILightningLoggerFactory>().Create(new RunDescription { Name = name, Version = version });
}
