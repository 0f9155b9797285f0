using System.Globalization;
using Microsoft.Extensions.DependencyInjection;

namespace PluginLoggers.Hosting.Tests.Delivery;

/// <summary>What a backend rejects is a dead letter, and what it took of a call until then is not there twice.</summary>
public sealed class RejectionTests : IDisposable
{
    private readonly Lab _lab = new();
    private readonly LoopPlugin _plugin = new();

    public void Dispose() => _lab.Dispose();

    [Fact]
    public async Task A_backend_that_takes_metric_by_metric_has_the_good_ones_of_a_rejected_call_once()
    {
        await using var run = Open();
        for (var i = 0; i < 20; i++)
        {
            run.LogMetrics([("a", i), (i % 3 == 1 ? "bad" : "b", i), ("c", i)]);
        }

        await Lab.DeliveredAsync(run);
        Assert.Equal(
            Enumerable.Range(0, 20).SelectMany(i => i % 3 == 1 ? new[] { $"{i} a", $"{i} c" } : [$"{i} a", $"{i} b", $"{i} c"]),
            _plugin.Saved);

        // It has not failed: it said what it cannot take.
        var delivery = Lab.Delivery(run, "loop");
        Assert.Equal((20, 7, 0), (delivery.DeliveredRecords, delivery.DeadLetters, delivery.Failures));
        var letters = await File.ReadAllLinesAsync(_lab.State("loop.dead-letters.jsonl"));
        Assert.Equal(7, letters.Length);
        Assert.All(letters, letter => Assert.Contains("\"metric\":\"bad\"", letter, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_rejection_beside_failures_doubles_nothing_either()
    {
        _plugin.FailSave = save => save is 1 or 2 or 5 ? new IOException("down") : null;
        await using var run = Open();
        for (var i = 0; i < 10; i++)
        {
            run.LogMetrics([("a", i), (i is 4 or 5 ? "bad" : "b", i)]);
        }

        await Lab.DeliveredAsync(run);
        Assert.Equal(
            Enumerable.Range(0, 10).SelectMany(i => i is 4 or 5 ? new[] { $"{i} a" } : [$"{i} a", $"{i} b"]), _plugin.Saved);
        Assert.Equal(2, Lab.Delivery(run, "loop").DeadLetters);
    }

    [Fact]
    public async Task Rejected_hyperparameters_leave_nothing_of_themselves()
    {
        await using var run = Open();
        run.LogMetric("a", 1);
        run.LogHyperparams(
            new Dictionary<string, object?> { ["lr"] = 0.1 }, new Dictionary<string, double> { ["first"] = 1, ["bad"] = 2, ["last"] = 3 });
        run.LogMetric("b", 1);
        await Lab.DeliveredAsync(run);
        Assert.Equal(["0 a", "2 b"], _plugin.Saved);
        Assert.Equal((2, 1), (Lab.Delivery(run, "loop").DeliveredRecords, Lab.Delivery(run, "loop").DeadLetters));
        Assert.Single(_lab.ToldOf("loop", "A record was refused: No bad."));
    }

    [Fact]
    public async Task A_rejected_metric_that_was_logged_alone_costs_no_instance()
    {
        await using var run = Open();
        for (var i = 0; i < 20; i++)
        {
            run.LogMetric(i % 2 == 0 ? "a" : "bad", i);
        }

        await Lab.DeliveredAsync(run);
        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"{2 * i} a"), _plugin.Saved);
        Assert.Equal(1, _plugin.Instances);
    }

    private LightningRun Open() => _lab.Services(""" "loop": { "Type": "Loop" } """, setup: setup =>
    {
        _lab.Setup(setup);
        setup.Plugins.Add(_plugin);
    }).GetRequiredService<LightningRun>();

    /// <summary>Its loggers take metric by metric, and stop at one that they cannot take: the loop that anybody would write.</summary>
    [LoggerPlugin("Loop")]
    private sealed class LoopPlugin : ILoggerPlugin<object>
    {
        private int _saves;

        public List<string> Saved { get; } = [];

        public int Instances { get; private set; }

        public Func<int, Exception?> FailSave { get; set; } = static _ => null;

        public ILightningLogger Create(object options, LoggerContext context)
        {
            Instances++;
            var kept = int.Parse(context.Bookmark ?? "0", CultureInfo.InvariantCulture);
            Saved.RemoveRange(kept, Saved.Count - kept);
            return new LoopLogger(this, context);
        }

        public void Save(List<string> unsaved)
        {
            if (FailSave(++_saves) is { } failure)
            {
                throw failure;
            }

            Saved.AddRange(unsaved);
            unsaved.Clear();
        }
    }

    private sealed class LoopLogger(LoopPlugin plugin, LoggerContext context) : LightningLoggerBase(context)
    {
        private readonly List<string> _unsaved = [];

        public override LoggerFeatures Features => LoggerFeatures.Metrics | LoggerFeatures.Hyperparameters;

        public override string Bookmark => plugin.Saved.Count.ToString(CultureInfo.InvariantCulture);

        public override void LogMetrics(ReadOnlySpan<Metric> metrics, long? step = null)
        {
            foreach (var metric in metrics)
            {
                _unsaved.Add(metric.Name != "bad" ? $"{step} {metric.Name}" : throw new LoggerRejectedException("No bad."));
            }
        }

        public override void LogHyperparams(
            IReadOnlyDictionary<string, object?> hyperparams, IReadOnlyDictionary<string, double>? metrics = null, long? step = null)
        {
            foreach (var (name, value) in metrics!)
            {
                LogMetrics([new Metric(name, value)], step);
            }
        }

        protected override ValueTask SaveAsyncCore(CancellationToken cancellationToken)
        {
            plugin.Save(_unsaved);
            return ValueTask.CompletedTask;
        }
    }
}
