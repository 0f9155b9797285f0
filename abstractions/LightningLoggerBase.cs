using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace PluginLoggers;

/// <summary>Makes a logger short: a backend overrides what it can show, and says so in <see cref="Features"/>.</summary>
/// <remarks>
/// Aggregated metrics are held here, on the trainer's side; <see cref="SaveAsync"/> and <see cref="FinalizeAsync"/> let them go
/// before they do anything else.
/// </remarks>
public abstract class LightningLoggerBase : ILightningLogger
{
    private readonly Lazy<MetricAggregator> _aggregator;
    private bool _isDisposed;

    /// <summary>Creates a logger without a run of its own.</summary>
    protected LightningLoggerBase() => _aggregator = new(() => new MetricAggregator(separator: GroupSeparator));

    /// <summary>Creates a backend's logger.</summary>
    /// <param name="context">What the run gives it.</param>
    protected LightningLoggerBase(LoggerContext context)
        : this()
    {
        ArgumentNullException.ThrowIfNull(context);
        Context = context;
    }

    /// <inheritdoc/>
    public virtual string Name => Context?.RunName ?? "";

    /// <inheritdoc/>
    public virtual string Version => Context?.RunVersion ?? "";

    /// <inheritdoc/>
    public virtual string? SaveDir => Context?.SaveDir;

    /// <inheritdoc/>
    public virtual string? Location => Context?.OutputDirectory;

    /// <inheritdoc/>
    public virtual string GroupSeparator => "/";

    /// <inheritdoc/>
    public virtual object Experiment => this;

    /// <inheritdoc/>
    public virtual LoggerFeatures Features => LoggerFeatures.Metrics;

    /// <inheritdoc/>
    public virtual string? Bookmark => null;

    /// <summary>What the run gave to this logger; null in one that was created without.</summary>
    protected LoggerContext? Context { get; }

    /// <inheritdoc/>
    public virtual bool AcceptsCustom(string kind) => (Features & LoggerFeatures.Custom) != 0;

    /// <inheritdoc/>
    [OverloadResolutionPriority(1)]
    public abstract void LogMetrics(ReadOnlySpan<Metric> metrics, long? step = null);

    /// <inheritdoc/>
    public void LogMetrics((string Name, double Value)[] metrics, long? step = null) =>
        LogMetrics(MetricConversion.ToMetrics(metrics), step);

    /// <inheritdoc/>
    public void LogMetrics(IReadOnlyDictionary<string, double> metrics, long? step = null) =>
        LogMetrics(MetricConversion.ToMetrics(metrics), step);

    /// <inheritdoc/>
    public void LogMetric(string name, double value, long? step = null) => LogMetrics([new Metric(name, value)], step);

    /// <inheritdoc/>
    public void AggregateAndLogMetrics(IReadOnlyDictionary<string, object?> metrics, long? step = null) =>
        LogAggregated(_aggregator.Value.Add(metrics, step));

    /// <inheritdoc/>
    public void AggregateAndLogMetrics(IReadOnlyDictionary<string, double> metrics, long? step = null)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        AggregateAndLogMetrics(metrics.ToDictionary(metric => metric.Key, metric => (object?)metric.Value, StringComparer.Ordinal), step);
    }

    /// <inheritdoc/>
    public void UpdateAggregation(
        IReadOnlyDictionary<string, AggregationFunction>? functions = null, AggregationFunction? defaultFunction = null) =>
        _aggregator.Value.Update(functions, defaultFunction);

    /// <inheritdoc/>
    public virtual void LogHyperparams(
        IReadOnlyDictionary<string, object?> hyperparams, IReadOnlyDictionary<string, double>? metrics = null, long? step = null)
    {
    }

    /// <inheritdoc/>
    [RequiresUnreferencedCode(Hyperparameters.ReflectionMessage)]
    public void LogHyperparams(object hyperparams, IReadOnlyDictionary<string, double>? metrics = null, long? step = null) =>
        LogHyperparams(Hyperparameters.FlattenObject(hyperparams), metrics, step);

    /// <inheritdoc/>
    public virtual void LogText(string name, string text, long? step = null)
    {
    }

    /// <inheritdoc/>
    public virtual void LogImage(string name, ImageData image, long? step = null)
    {
    }

    /// <inheritdoc/>
    public virtual void LogHistogram(string name, HistogramData histogram, long? step = null)
    {
    }

    /// <inheritdoc/>
    public virtual void LogAudio(string name, AudioData audio, long? step = null)
    {
    }

    /// <inheritdoc/>
    public virtual void LogGraph(GraphData graph)
    {
    }

    /// <inheritdoc/>
    public virtual void LogArtifact(string path, string? name = null)
    {
    }

    /// <inheritdoc/>
    public virtual void AfterSaveCheckpoint(Checkpoint checkpoint)
    {
    }

    /// <inheritdoc/>
    public virtual void LogCustom(string kind, string name, ReadOnlySpan<byte> payload, long? step = null)
    {
    }

    /// <inheritdoc/>
    public virtual void LogCustomOfRun(string kind, string name, ReadOnlySpan<byte> payload) => LogCustom(kind, name, payload, step: 0);

    /// <inheritdoc/>
    public ValueTask SaveAsync(CancellationToken cancellationToken = default)
    {
        ReleaseAggregates();
        return SaveAsyncCore(cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask FinalizeAsync(RunStatus status, CancellationToken cancellationToken = default)
    {
        ReleaseAggregates();
        return FinalizeAsyncCore(status, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
        {
            return;
        }

        await DisposeAsyncCore().ConfigureAwait(false);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    [SuppressMessage("Usage", "CA1816:Dispose methods should call SuppressFinalize", Justification = "DisposeAsync does.")]
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    /// <summary>Makes everything given so far durable in the output.</summary>
    /// <param name="cancellationToken">Cancels the wait.</param>
    protected virtual ValueTask SaveAsyncCore(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>As <see cref="SaveAsyncCore"/>, and records the status. Without an override, it saves.</summary>
    /// <param name="status">How the run ended, or <see cref="RunStatus.Running"/> if it goes on after an end.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    protected virtual ValueTask FinalizeAsyncCore(RunStatus status, CancellationToken cancellationToken) =>
        SaveAsyncCore(cancellationToken);

    /// <summary>
    /// Releases files and connections. It does not save: what was not saved is delivered again. Called once, however often the logger is
    /// disposed.
    /// </summary>
    protected virtual ValueTask DisposeAsyncCore() => ValueTask.CompletedTask;

    /// <summary>Lets go what is held back for aggregation; for a derived logger that ends in another way.</summary>
    protected void ReleaseAggregates()
    {
        if (_aggregator.IsValueCreated)
        {
            LogAggregated(_aggregator.Value.Flush());
        }
    }

    private void LogAggregated(AggregatedMetrics? aggregated)
    {
        if (aggregated is not null)
        {
            LogMetrics(aggregated.Metrics.Span, aggregated.Step);
        }
    }
}
