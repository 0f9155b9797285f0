using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace PluginLoggers;

/// <summary>A destination for what a training run logs: what a trainer calls, and what a backend implements.</summary>
/// <remarks>
/// <para><b>For a trainer.</b> Calls return at once and never fail because of a backend: what is wrong with the arguments
/// themselves throws <see cref="ArgumentException"/>, everything else is counted and told. All members may be called from any
/// number of threads. What one call logs stays together, and what one thread logs stays in order.</para>
/// <para><b>For a backend.</b> Derive from <see cref="LightningLoggerBase"/>. The host calls an instance from one thread at a
/// time. Throw: <see cref="LoggerRejectedException"/> for a record that can never be taken, <see cref="InvalidDataException"/> for an
/// output that is not what <see cref="LoggerContext.Bookmark"/> says, anything else for what may pass later.
/// What is logged reaches the output in <see cref="SaveAsync"/> and <see cref="FinalizeAsync"/> only, a step is never null, and
/// the time of a record is <see cref="LoggerContext.Time"/>.</para>
/// <para><b>For a test.</b> Mocks take every member but those with spans, which mocking libraries cannot pass on: a trainer that is to be
/// tested with a mock logs tuples, dictionaries or single metrics. The recording logger of <c>PluginLoggers.ContractTests</c> takes
/// everything.</para>
/// <para>The words are those of PyTorch Lightning's <c>pytorch_lightning.loggers</c>, release 1.5.</para>
/// </remarks>
public interface ILightningLogger : IOpenRecorder, IAsyncDisposable, IDisposable
{
    /// <summary>The name of the experiment; several runs share it.</summary>
    string Name { get; }

    /// <summary>The version: what tells this run from the others of that name.</summary>
    string Version { get; }

    /// <summary>The folder under which runs are saved, or null where there is none.</summary>
    string? SaveDir => null;

    /// <summary>Where a person can look at the output: a path, or a URL; null where there is nothing to look at.</summary>
    string? Location => null;

    /// <summary>What separates the groups of a metric's name.</summary>
    string GroupSeparator => "/";

    /// <summary>
    /// On the trainer's side, a recorder of open records for this backend alone; in a backend, its native handle. Never null.
    /// </summary>
    object Experiment => this;

    /// <summary>What this logger can show.</summary>
    LoggerFeatures Features { get; }

    /// <summary>
    /// After a save, a short text (at most 4 KiB) by which an instance created later finds where this one stood and cuts its output
    /// there; null from a backend that cannot do that, and is then given a record again after a crash. Read after each
    /// <see cref="SaveAsync"/> and <see cref="FinalizeAsync"/>.
    /// </summary>
    string? Bookmark => null;

    /// <summary>Says whether open records of a kind can be shown. Asked once a kind.</summary>
    /// <param name="kind">The kind, as given to <see cref="IOpenRecorder.LogCustom"/>.</param>
    bool AcceptsCustom(string kind) => (Features & LoggerFeatures.Custom) != 0;

    /// <summary>Logs the metrics of one step. They stay together: a backend receives them in one call.</summary>
    /// <param name="metrics">
    /// The metrics, at most <see cref="RecordLimits.MaxMetricsPerCall"/>; none is no call. A name twice: both are logged.
    /// </param>
    /// <param name="step">The step, of any value; null is one more than the largest step of the run so far, 0 for the first.</param>
    [OverloadResolutionPriority(1)]
    void LogMetrics(ReadOnlySpan<Metric> metrics, long? step = null);

    /// <inheritdoc cref="LogMetrics(ReadOnlySpan{Metric}, long?)"/>
    void LogMetrics((string Name, double Value)[] metrics, long? step = null) => LogMetrics(MetricConversion.ToMetrics(metrics), step);

    /// <inheritdoc cref="LogMetrics(ReadOnlySpan{Metric}, long?)"/>
    void LogMetrics(IReadOnlyDictionary<string, double> metrics, long? step = null) =>
        LogMetrics(MetricConversion.ToMetrics(metrics), step);

    /// <summary>Logs one metric.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    /// <param name="step">The step; null is one more than the largest step of the run so far.</param>
    void LogMetric(string name, double value, long? step = null) => LogMetrics([new Metric(name, value)], step);

    /// <summary>Holds metrics back until the step changes, then logs one value a name: several values of one step are aggregated.</summary>
    /// <param name="metrics">
    /// Numbers, nulls (skipped) and dictionaries of such; nested names are joined by <see cref="GroupSeparator"/>.
    /// </param>
    /// <param name="step">The step; calls without one are aggregated together.</param>
    /// <remarks>A logger without aggregation logs at once.</remarks>
    void AggregateAndLogMetrics(IReadOnlyDictionary<string, object?> metrics, long? step = null) =>
        LogMetrics(MetricConversion.Flatten(metrics, GroupSeparator), step);

    /// <inheritdoc cref="AggregateAndLogMetrics(IReadOnlyDictionary{string, object?}, long?)"/>
    void AggregateAndLogMetrics(IReadOnlyDictionary<string, double> metrics, long? step = null) => LogMetrics(metrics, step);

    /// <summary>Changes how held-back metrics are aggregated, those already held back included.</summary>
    /// <param name="functions">A function a metric name, merged into those already set.</param>
    /// <param name="defaultFunction">The function of all other names; null leaves it as it is (at first, the mean).</param>
    void UpdateAggregation(IReadOnlyDictionary<string, AggregationFunction>? functions = null, AggregationFunction? defaultFunction = null)
    {
    }

    /// <summary>Logs hyperparameters and, with them, the metrics by which runs are compared.</summary>
    /// <param name="hyperparams">
    /// Names and values. A trainer may nest dictionaries and lists, see <see cref="Hyperparameters.Flatten"/>; a backend receives flat
    /// names and null, <see cref="bool"/>, <see cref="long"/>, <see cref="double"/> or <see cref="string"/>.
    /// </param>
    /// <param name="metrics">The metrics of the comparison, logged at <paramref name="step"/> as well; null for none.</param>
    /// <param name="step">The step of the metrics; null is one more than the largest step of the run so far, 0 for the first.</param>
    void LogHyperparams(
        IReadOnlyDictionary<string, object?> hyperparams, IReadOnlyDictionary<string, double>? metrics = null, long? step = null);

    /// <summary>Logs the public properties of a record or a plain object as hyperparameters.</summary>
    /// <param name="hyperparams">The object; nested ones are flattened.</param>
    /// <param name="metrics">The metrics of the comparison, logged at <paramref name="step"/> as well; null for none.</param>
    /// <param name="step">The step of the metrics.</param>
    [RequiresUnreferencedCode(Hyperparameters.ReflectionMessage)]
    void LogHyperparams(object hyperparams, IReadOnlyDictionary<string, double>? metrics = null, long? step = null) =>
        LogHyperparams(Hyperparameters.FlattenObject(hyperparams), metrics, step);

    /// <summary>Logs text; backends that can show Markdown do.</summary>
    /// <param name="name">The name under which it is shown.</param>
    /// <param name="text">The text.</param>
    /// <param name="step">The step; null is one more than the largest step of the run so far.</param>
    void LogText(string name, string text, long? step = null)
    {
    }

    /// <summary>Logs an image.</summary>
    /// <param name="name">The name under which it is shown.</param>
    /// <param name="image">The image.</param>
    /// <param name="step">The step; null is one more than the largest step of the run so far.</param>
    void LogImage(string name, ImageData image, long? step = null)
    {
    }

    /// <summary>Logs a histogram, such as that of a layer's weights.</summary>
    /// <param name="name">The name under which it is shown.</param>
    /// <param name="histogram">The buckets, by <see cref="HistogramData.FromValues(ReadOnlySpan{float})"/> for instance.</param>
    /// <param name="step">The step; null is one more than the largest step of the run so far.</param>
    void LogHistogram(string name, HistogramData histogram, long? step = null)
    {
    }

    /// <summary>Logs sound.</summary>
    /// <param name="name">The name under which it is shown.</param>
    /// <param name="audio">The sound.</param>
    /// <param name="step">The step; null is one more than the largest step of the run so far.</param>
    void LogAudio(string name, AudioData audio, long? step = null)
    {
    }

    /// <summary>Logs the graph of a model.</summary>
    /// <param name="graph">Its nodes and edges.</param>
    void LogGraph(GraphData graph)
    {
    }

    /// <summary>Logs a file or a folder by reference: it must stay where it is until it is delivered.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="name">Its path among the run's artifacts, with <c>/</c>; null is the name of the file or folder.</param>
    void LogArtifact(string path, string? name = null)
    {
    }

    /// <summary>Tells of a checkpoint that was saved; its file is logged by reference.</summary>
    /// <param name="checkpoint">The checkpoint.</param>
    void AfterSaveCheckpoint(Checkpoint checkpoint)
    {
    }

    /// <summary>
    /// On the trainer's side, returns when everything logged so far is on the disk, where no crash and no power loss can take it; it does
    /// not wait for backends. In a backend, returns when everything given so far is durable in the output.
    /// </summary>
    /// <param name="cancellationToken">Cancels the wait, not the saving.</param>
    /// <exception cref="IOException">The disk refuses. What was logged is kept in memory, and written when there is room.</exception>
    ValueTask SaveAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Ends the run with a status. On the trainer's side, the status is on the disk and delivery has been given its time when it returns; a
    /// disk that refuses is told, and is no exception: the training is over. Logging afterwards opens the run again. In a backend, like
    /// <see cref="SaveAsync"/> with the status; more may be logged afterwards, after a call with <see cref="RunStatus.Running"/>.
    /// </summary>
    /// <param name="status">How the run ended.</param>
    /// <param name="cancellationToken">Cancels the wait, not the ending.</param>
    ValueTask FinalizeAsync(RunStatus status, CancellationToken cancellationToken = default);

    /// <summary>Releases what is held; the same as <see cref="IAsyncDisposable.DisposeAsync"/>, waiting for it.</summary>
    [SuppressMessage("Usage", "CA1816:Dispose methods should call SuppressFinalize", Justification = "An interface has no finalizer.")]
    void IDisposable.Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();
}
