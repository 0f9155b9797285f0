using PluginLoggers.Hosting.Configuration;
using PluginLoggers.Hosting.Delivery;
using PluginLoggers.Hosting.Logging;

namespace PluginLoggers.Hosting;

/// <summary>A run: what is logged here goes to the run's journal, once, and from there to every backend of the configuration.</summary>
/// <remarks>
/// The backends stand in the collection under their keys; what is logged to one of them is for that one only. Safe for any number of
/// threads. Nothing a backend does reaches the caller.
/// </remarks>
public sealed class LightningRun : LoggerCollection
{
    private readonly RunSession _session;
    private readonly JournalRecorder _recorder;
    private readonly Lock _handing = new();
    private readonly Dictionary<string, LoggerHandle> _handles = new(StringComparer.OrdinalIgnoreCase);

    internal LightningRun(RunSession session)
        : base(Enumerable.Empty<ILightningLogger>())
    {
        (_session, _recorder) = (session, session.RecorderFor(null));
        Add(session.Loops);
    }

    /// <inheritdoc/>
    public override string Name => _session.Folder.Name;

    /// <inheritdoc/>
    public override string Version => _session.Folder.Version;

    /// <inheritdoc/>
    public override string? SaveDir => _session.Folder.SaveDir;

    /// <summary>The run's folder, an absolute path.</summary>
    public override string? Location => RunDirectory;

    /// <summary>The run's folder, an absolute path.</summary>
    public string RunDirectory => _session.Folder.Directory;

    /// <summary>What tells this run from every other run anywhere.</summary>
    public string RunId => _session.RunId;

    /// <summary>
    /// The largest step that was logged so far, before the run was resumed too; null if there is none. A call without a step gets the next
    /// one.
    /// </summary>
    public long? LargestStep => _session.LargestStep;

    /// <summary>
    /// Whether something that was logged is not on the disk, because it is full for instance: at the end of a run that is lost. What went
    /// wrong is told, and no logging call throws for it.
    /// </summary>
    public bool IsIncomplete => _session.IsIncomplete;

    /// <summary>How far the delivery to each backend is, now.</summary>
    public IReadOnlyList<LoggerDelivery> Deliveries => _session.Deliveries;

    /// <summary>Everything, whatever today's backends can show: the journal has it, for those that come later.</summary>
    public override LoggerFeatures Features => LoggerFeatures.All;

    /// <summary>
    /// The logger with a key. One that is not enabled is a <see cref="DummyLogger"/>; where loggers may join a run (<c>Plugins:Watch</c>),
    /// it is one whose records stand in the journal and are delivered when it joins.
    /// </summary>
    /// <param name="key">The key, in any case.</param>
    /// <exception cref="KeyNotFoundException">The configuration has no such logger; the message names those it has.</exception>
    public override ILightningLogger this[string key]
    {
        get
        {
            lock (_handing)
            {
                return _handles.TryGetValue(key, out var handle) ? handle
                    : _session.KnownKey(key) is not { } known
                        ? throw new KeyNotFoundException(
                            $"The configuration has no logger '{key}' in LightningLoggers:Loggers; it has: {_session.KnownKeys}.")
                    : _session.MayBeJoined ? HandleOf(known)
                    : new DummyLogger();
            }
        }
    }

    /// <summary>True, as <see cref="Features"/> says.</summary>
    /// <param name="kind">The kind.</param>
    public override bool AcceptsCustom(string kind) => true;

    /// <inheritdoc/>
    public override void LogMetrics(ReadOnlySpan<Metric> metrics, long? step = null) => _recorder.LogMetrics(metrics, step);

    /// <inheritdoc/>
    public override void LogHyperparams(
        IReadOnlyDictionary<string, object?> hyperparams, IReadOnlyDictionary<string, double>? metrics = null, long? step = null) =>
        _recorder.LogHyperparams(hyperparams, metrics, step);

    /// <inheritdoc/>
    public override void LogText(string name, string text, long? step = null) => _recorder.LogText(name, text, step);

    /// <inheritdoc/>
    public override void LogImage(string name, ImageData image, long? step = null) => _recorder.LogImage(name, image, step);

    /// <inheritdoc/>
    public override void LogHistogram(string name, HistogramData histogram, long? step = null) =>
        _recorder.LogHistogram(name, histogram, step);

    /// <inheritdoc/>
    public override void LogAudio(string name, AudioData audio, long? step = null) => _recorder.LogAudio(name, audio, step);

    /// <inheritdoc/>
    public override void LogGraph(GraphData graph) => _recorder.LogGraph(graph);

    /// <inheritdoc/>
    public override void LogArtifact(string path, string? name = null) => _recorder.LogArtifact(path, name);

    /// <inheritdoc/>
    public override void AfterSaveCheckpoint(Checkpoint checkpoint) => _recorder.AfterSaveCheckpoint(checkpoint);

    /// <inheritdoc/>
    public override void LogCustom(string kind, string name, ReadOnlySpan<byte> payload, long? step = null) =>
        _recorder.LogCustom(kind, name, payload, step);

    /// <inheritdoc/>
    public override void LogCustomOfRun(string kind, string name, ReadOnlySpan<byte> payload) =>
        _recorder.LogCustomOfRun(kind, name, payload);

    /// <summary>
    /// Waits until every backend has everything that was logged so far, at most for a time, and no longer than they move.
    /// </summary>
    /// <param name="timeout">How long to wait; <see cref="Timeout.InfiniteTimeSpan"/> for as long as they move.</param>
    /// <param name="cancellationToken">Cancels the wait, not the delivery.</param>
    /// <returns>Whether every backend has everything.</returns>
    public async Task<bool> WaitForDeliveryAsync(TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        ReleaseAll();
        return await _session.DeliverAsync(null, Limit(timeout), null, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Waits until one backend has everything that was logged so far, at most for a time.</summary>
    /// <param name="key">Its key, in any case.</param>
    /// <param name="timeout">How long to wait, while it fails or stands still as well; <see cref="Timeout.InfiniteTimeSpan"/> for as long
    /// as it takes.</param>
    /// <param name="cancellationToken">Cancels the wait, not the delivery.</param>
    /// <returns>Whether it has everything; false at once for a logger that is not enabled.</returns>
    /// <exception cref="KeyNotFoundException">The configuration has no such logger; the message names those it has.</exception>
    public async Task<bool> WaitForDeliveryAsync(string key, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        _ = this[key];
        ReleaseAll();
        return await _session.DeliverAsync(key, Limit(timeout), DeliveryPatience.Asked, cancellationToken).ConfigureAwait(false);
    }

    internal RunSession Session => _session;

    /// <summary>Lets loggers join that the configuration has by now.</summary>
    internal void Join(LoggersConfiguration configuration) => Add(_session.Join(configuration.Spelled(_session.Record)));

    internal bool HasEnded => _session.HasEnded;

    internal bool IsDisposed { get; private set; }

    /// <summary>
    /// Ends the run as its program ended; what is logged afterwards, while services are disposed, does not change the status.
    /// </summary>
    internal async Task ConcludeAsync(RunStatus status)
    {
        _session.Verdict = status;
        if (!HasEnded)
        {
            await FinalizeAsync(status, CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    protected override async ValueTask SaveAsyncCore(CancellationToken cancellationToken)
    {
        ReleaseAll();
        await _session.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override async ValueTask FinalizeAsyncCore(RunStatus status, CancellationToken cancellationToken)
    {
        ReleaseAll();
        await _session.EndAsync(status, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override async ValueTask DisposeAsyncCore()
    {
        IsDisposed = true;
        try
        {
            ReleaseAll();
        }
        finally
        {
            await _session.DisposeAsync().ConfigureAwait(false);
            await base.DisposeAsyncCore().ConfigureAwait(false);
        }
    }

    private static TimeSpan Limit(TimeSpan timeout) => timeout == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : timeout;

    private void ReleaseAll()
    {
        ReleaseAggregates();
        LoggerHandle[] handles;
        lock (_handing)
        {
            handles = [.. _handles.Values];
        }

        foreach (var handle in handles)
        {
            handle.Release();
        }
    }

    private void Add(IEnumerable<DeliveryLoop> loops)
    {
        lock (_handing)
        {
            foreach (var loop in loops)
            {
                var handle = HandleOf(loop.Key);
                handle.Attach(loop);
                Add(loop.Key, handle);
            }
        }
    }

    private LoggerHandle HandleOf(string key) => _handles.TryGetValue(key, out var handle)
        ? handle
        : _handles[key] = new LoggerHandle(_session.RecorderFor(key), this);
}
