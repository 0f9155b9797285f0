using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace PluginLoggers;

/// <summary>Several loggers used as one: every call goes to each of them, in order.</summary>
/// <remarks>
/// A child that throws keeps no other from being called; what was thrown is gathered, and thrown together at the end. A child is not
/// given what its <see cref="ILightningLogger.Features"/> do not name. Calls without a step get the next one, the same for every child.
/// The collection owns its children: disposing it disposes them. The children decide whether several threads may log at once.
/// </remarks>
public class LoggerCollection : LightningLoggerBase, IReadOnlyList<ILightningLogger>
{
    private readonly Lock _stepGate = new();
    private volatile KeyValuePair<string, ILightningLogger>[] _loggers;
    private long? _largestStep;

    /// <summary>Creates a collection; the keys are the positions, <c>0</c>, <c>1</c> and so on.</summary>
    /// <param name="loggers">The loggers; copied.</param>
    /// <exception cref="ArgumentException">A logger is null.</exception>
    [OverloadResolutionPriority(1)]
    public LoggerCollection(params IEnumerable<ILightningLogger> loggers)
        : this(Numbered(loggers))
    {
    }

    /// <summary>Creates a collection of named loggers.</summary>
    /// <param name="loggers">Keys, different without regard to case, and loggers; copied.</param>
    /// <exception cref="ArgumentException">A key occurs twice, or a logger is null.</exception>
    public LoggerCollection(IEnumerable<KeyValuePair<string, ILightningLogger>> loggers)
    {
        ArgumentNullException.ThrowIfNull(loggers);
        _loggers = [.. loggers];
        foreach (var group in _loggers.GroupBy(logger => logger.Key, StringComparer.OrdinalIgnoreCase))
        {
            if (group.Count() > 1 || group.Single().Value is null)
            {
                throw new ArgumentException($"Logger '{group.Key}' is null or occurs twice.", nameof(loggers));
            }
        }
    }

    /// <summary>The names of the children, each once, joined with <c>_</c>.</summary>
    public override string Name => string.Join('_', _loggers.Select(logger => logger.Value.Name).Distinct());

    /// <summary>The versions of the children, each once, joined with <c>_</c>.</summary>
    public override string Version => string.Join('_', _loggers.Select(logger => logger.Value.Version).Distinct());

    /// <summary>Null: each child has its own.</summary>
    public override string? SaveDir => null;

    /// <summary>Null: each child has its own.</summary>
    public override string? Location => null;

    /// <summary>The experiments of the children, in order.</summary>
    public override object Experiment => _loggers.Select(logger => logger.Value.Experiment).ToArray();

    /// <summary>What any of the children can show.</summary>
    public override LoggerFeatures Features =>
        _loggers.Aggregate(LoggerFeatures.None, (features, logger) => features | logger.Value.Features);

    /// <summary>How many loggers there are.</summary>
    public int Count => _loggers.Length;

    /// <summary>The keys of the loggers, in order.</summary>
    public IReadOnlyList<string> Keys => [.. _loggers.Select(logger => logger.Key)];

    /// <summary>The logger at a position.</summary>
    /// <param name="index">The position, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is none.</exception>
    public ILightningLogger this[int index] => _loggers is var loggers && (uint)index < (uint)loggers.Length
        ? loggers[index].Value
        : throw new ArgumentOutOfRangeException(nameof(index), index, $"There are {loggers.Length} loggers.");

    /// <summary>The logger with a key.</summary>
    /// <param name="key">The key, in any case.</param>
    /// <exception cref="KeyNotFoundException">There is none; the message names those there are.</exception>
    public virtual ILightningLogger this[string key] =>
        Array.Find(_loggers, logger => string.Equals(logger.Key, key, StringComparison.OrdinalIgnoreCase)).Value
        ?? throw new KeyNotFoundException($"There is no logger '{key}'; there are: {string.Join(", ", Keys)}.");

    /// <inheritdoc/>
    public IEnumerator<ILightningLogger> GetEnumerator() => _loggers.Select(logger => logger.Value).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public override bool AcceptsCustom(string kind) => _loggers.Any(logger => logger.Value.AcceptsCustom(kind));

    /// <inheritdoc/>
    public override void LogMetrics(ReadOnlySpan<Metric> metrics, long? step = null)
    {
        if (metrics.IsEmpty)
        {
            return;
        }

        var resolved = NextStep(step);
        var failures = new Failures();
        foreach (var (_, logger) in _loggers)
        {
            // A span cannot be caught by the lambda of ForEach.
            try
            {
                if ((logger.Features & LoggerFeatures.Metrics) != 0)
                {
                    logger.LogMetrics(metrics, resolved);
                }
            }
            catch (Exception failure)
            {
                failures.Add(failure);
            }
        }

        failures.Throw();
    }

    /// <inheritdoc/>
    public override void LogHyperparams(
        IReadOnlyDictionary<string, object?> hyperparams, IReadOnlyDictionary<string, double>? metrics = null, long? step = null)
    {
        var flat = Hyperparameters.Flatten(hyperparams);
        long? resolved = metrics is null ? step : NextStep(step);
        ForEach(LoggerFeatures.Hyperparameters, logger => logger.LogHyperparams(flat, metrics, resolved));
    }

    /// <inheritdoc/>
    public override void LogText(string name, string text, long? step = null)
    {
        var resolved = NextStep(step);
        ForEach(LoggerFeatures.Text, logger => logger.LogText(name, text, resolved));
    }

    /// <inheritdoc/>
    public override void LogImage(string name, ImageData image, long? step = null)
    {
        var resolved = NextStep(step);
        ForEach(LoggerFeatures.Images, logger => logger.LogImage(name, image, resolved));
    }

    /// <inheritdoc/>
    public override void LogHistogram(string name, HistogramData histogram, long? step = null)
    {
        var resolved = NextStep(step);
        ForEach(LoggerFeatures.Histograms, logger => logger.LogHistogram(name, histogram, resolved));
    }

    /// <inheritdoc/>
    public override void LogAudio(string name, AudioData audio, long? step = null)
    {
        var resolved = NextStep(step);
        ForEach(LoggerFeatures.Audio, logger => logger.LogAudio(name, audio, resolved));
    }

    /// <inheritdoc/>
    public override void LogGraph(GraphData graph) => ForEach(LoggerFeatures.Graphs, logger => logger.LogGraph(graph));

    /// <inheritdoc/>
    public override void LogArtifact(string path, string? name = null) =>
        ForEach(LoggerFeatures.Artifacts, logger => logger.LogArtifact(path, name));

    /// <inheritdoc/>
    public override void AfterSaveCheckpoint(Checkpoint checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        var resolved = checkpoint with { Step = NextStep(checkpoint.Step) };
        ForEach(LoggerFeatures.Checkpoints, logger => logger.AfterSaveCheckpoint(resolved));
    }

    /// <inheritdoc/>
    public override void LogCustom(string kind, string name, ReadOnlySpan<byte> payload, long? step = null)
    {
        var resolved = NextStep(step);
        var copy = payload.ToArray();
        ForEachThatAccepts(kind, logger => logger.LogCustom(kind, name, copy, resolved));
    }

    /// <inheritdoc/>
    public override void LogCustomOfRun(string kind, string name, ReadOnlySpan<byte> payload)
    {
        var copy = payload.ToArray();
        ForEachThatAccepts(kind, logger => logger.LogCustomOfRun(kind, name, copy));
    }

    /// <inheritdoc/>
    protected override ValueTask SaveAsyncCore(CancellationToken cancellationToken) =>
        ForEachAsync(logger => logger.SaveAsync(cancellationToken));

    /// <inheritdoc/>
    protected override ValueTask FinalizeAsyncCore(RunStatus status, CancellationToken cancellationToken) =>
        ForEachAsync(logger => logger.FinalizeAsync(status, cancellationToken));

    /// <inheritdoc/>
    protected override async ValueTask DisposeAsyncCore()
    {
        await ForEachAsync(logger => logger.DisposeAsync()).ConfigureAwait(false);
        await base.DisposeAsyncCore().ConfigureAwait(false);
    }

    /// <summary>Adds a logger behind those there are. Safe while others log: a call that has begun does not reach it.</summary>
    /// <param name="key">Its key, different from those there are without regard to case.</param>
    /// <param name="logger">The logger.</param>
    /// <exception cref="ArgumentException">The key is taken.</exception>
    protected void Add(string key, ILightningLogger logger)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(logger);
        lock (_stepGate)
        {
            if (Keys.Contains(key, StringComparer.OrdinalIgnoreCase))
            {
                throw new ArgumentException($"Logger '{key}' occurs twice.", nameof(key));
            }

            _loggers = [.. _loggers, KeyValuePair.Create(key, logger)];
        }
    }

    private static IEnumerable<KeyValuePair<string, ILightningLogger>> Numbered(IEnumerable<ILightningLogger> loggers)
    {
        ArgumentNullException.ThrowIfNull(loggers);
        return loggers.Select((logger, index) => KeyValuePair.Create(index.ToString(CultureInfo.InvariantCulture), logger));
    }

    private long NextStep(long? step)
    {
        lock (_stepGate)
        {
            // There is no step beyond the largest long: it is given again.
            var resolved = step ?? (_largestStep is { } largest ? largest + (largest < long.MaxValue ? 1 : 0) : 0);
            _largestStep = Math.Max(_largestStep ?? long.MinValue, resolved);
            return resolved;
        }
    }

    private void ForEachThatAccepts(string kind, Action<ILightningLogger> call) => ForEach(LoggerFeatures.Custom, logger =>
    {
        if (logger.AcceptsCustom(kind))
        {
            call(logger);
        }
    });

    private void ForEach(LoggerFeatures feature, Action<ILightningLogger> call)
    {
        var failures = new Failures();
        foreach (var (_, logger) in _loggers)
        {
            try
            {
                if ((logger.Features & feature) != 0)
                {
                    call(logger);
                }
            }
            catch (Exception failure)
            {
                failures.Add(failure);
            }
        }

        failures.Throw();
    }

    private async ValueTask ForEachAsync(Func<ILightningLogger, ValueTask> call)
    {
        var failures = new Failures();
        foreach (var (_, logger) in _loggers)
        {
            try
            {
                await call(logger).ConfigureAwait(false);
            }
            catch (Exception failure)
            {
                failures.Add(failure);
            }
        }

        failures.Throw();
    }

    /// <summary>What the children threw during one call.</summary>
    private struct Failures
    {
        private List<Exception>? _exceptions;

        public void Add(Exception exception) => (_exceptions ??= []).Add(exception);

        public readonly void Throw()
        {
            if (_exceptions is not null)
            {
                // A wait that was cancelled is that, however many waited.
                if (_exceptions.TrueForAll(exception => exception is OperationCanceledException))
                {
                    ExceptionDispatchInfo.Throw(_exceptions[0]);
                }

                throw new AggregateException($"{_exceptions.Count} of the loggers failed.", _exceptions);
            }
        }
    }
}
