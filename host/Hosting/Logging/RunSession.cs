using PluginLoggers.Hosting.Configuration;
using PluginLoggers.Hosting.Delivery;
using PluginLoggers.Hosting.Diagnostics;
using PluginLoggers.Hosting.Journal;
using PluginLoggers.Hosting.Runs;
using PluginLoggers.Hosting.SystemMetrics;
using PluginLoggers.Hosting.Telemetry;

namespace PluginLoggers.Hosting.Logging;

/// <summary>A run while this process writes it: folder, journal and deliveries, from the opening to the end.</summary>
internal sealed class RunSession : IAsyncDisposable
{
    /// <summary>A disk may take nothing for so long when the run ends, however little time its backends get.</summary>
    private static readonly TimeSpan LeastPatience = TimeSpan.FromSeconds(5);

    private readonly OpenedRun _opened;
    private readonly RunEnd _end;
    private readonly RunJournal _journal;
    private readonly long _recordsBefore;
    private readonly JournalFolder _journals;
    private readonly LateJoin _lateJoin;
    private readonly RunDelivery _delivery;
    private readonly HyperparameterRedaction _redaction;
    private readonly LoggersConfiguration _configuration;
    private readonly Teller _teller;
    private volatile IReadOnlyList<LoggerSettings> _loggers;
    private IReadOnlyList<LoggerDelivery>? _atEnd;

    /// <param name="opened">The run's folder, locked.</param>
    /// <param name="before">Its record as it was found.</param>
    /// <param name="journals">Its journals.</param>
    /// <param name="journal">That of this process.</param>
    /// <param name="recordsBefore">How many records earlier processes left.</param>
    /// <param name="backends">Makes loops for loggers that join.</param>
    /// <param name="delivery">The loops.</param>
    /// <param name="sampler">Samples the machine; null if that is not wanted.</param>
    /// <param name="redaction">Keeps secrets out.</param>
    /// <param name="configuration">What the user wants.</param>
    /// <param name="time">The clock.</param>
    /// <param name="teller">Tells the user.</param>
    public RunSession(
        OpenedRun opened,
        RunRecord before,
        JournalFolder journals,
        RunJournal journal,
        long recordsBefore,
        BackendFactory backends,
        RunDelivery delivery,
        SystemSampler? sampler,
        HyperparameterRedaction redaction,
        LoggersConfiguration configuration,
        TimeProvider time,
        Teller teller)
    {
        (_opened, _journals, _journal, _delivery, _redaction) = (opened, journals, journal, delivery, redaction);
        (Sampler, _recordsBefore, _configuration, _teller) = (sampler, recordsBefore, configuration, teller);
        var patience = configuration.Delivery.ShutdownTimeout;
        _end = new RunEnd(opened, before, journal, sampler, patience > LeastPatience ? patience : LeastPatience, time);
        _lateJoin = new LateJoin(opened, journals, backends, delivery, teller);
        _loggers = configuration.Loggers;
        _journal.Loss = opened.MarkIncomplete;
        ProcessEnd.Register(this);
        HostMeter.Add(this);
    }

    /// <summary>Samples the machine; null if that is not wanted.</summary>
    public SystemSampler? Sampler { get; }

    public RunFolder Folder => _opened.Folder;

    /// <summary>What a person calls the run.</summary>
    public string Title => Folder.Title;

    public string RunId => _opened.Record.RunId;

    public bool HasEnded => _journal.HasEnded;

    /// <summary>With which status the run ends if it is disposed and nobody said; null if that cannot be known.</summary>
    public RunStatus? Verdict
    {
        get => _end.Verdict;
        set => _end.Verdict = value;
    }

    public long? LargestStep => _journal.LargestStep;

    public IReadOnlyList<LoggerDelivery> Deliveries => _atEnd ?? _delivery.Snapshot();

    public IReadOnlyList<DeliveryLoop> Loops => _delivery.Loops;

    /// <summary>How many records were logged by this process.</summary>
    public long Accepted => _journal.Accepted;

    /// <summary>How many of them were dropped.</summary>
    public long Dropped => _journal.Dropped;

    /// <summary>Whether something that was logged is not in the journal.</summary>
    public bool IsIncomplete => Dropped > 0 || _journal.Writer.Refusal is not null || _opened.Record.Incomplete;

    /// <summary>Whether loggers may join while the run goes on.</summary>
    public bool MayBeJoined => _configuration.Plugins.Watch;

    /// <summary>What an import logs through: its calls go to a sink first that knows what the run has already.</summary>
    public JournalRecorder RecorderThrough(Func<RunJournal, IRecordSink> sink) => new(sink(_journal), RunJournal.Everybody, _redaction);

    /// <summary>The run's record, as it is now.</summary>
    public RunRecord Record => _opened.Record;

    /// <summary>Notes how much of its source an imported run has, before its journals may be deleted.</summary>
    public void Note(ImportedFrom imported) => _opened.Update(record => record with { Imported = imported });

    /// <summary>The keys that the configuration has, for a message.</summary>
    public string KnownKeys => string.Join(
        ", ", _loggers.Select(logger => logger.Enabled ? logger.Key : $"{logger.Key} (not enabled)").DefaultIfEmpty("none"));

    /// <summary>The key of a logger as the configuration writes it; null if it has no such logger.</summary>
    public string? KnownKey(string key) =>
        _loggers.FirstOrDefault(logger => logger.Key.Equals(key, StringComparison.OrdinalIgnoreCase))?.Key;

    /// <summary>What a trainer logs through, for one backend or for all of them.</summary>
    public JournalRecorder RecorderFor(string? key) =>
        new(_journal, key is null ? RunJournal.Everybody : _journal.TargetOf(key), _redaction);

    /// <summary>How many records a backend is behind, those included that are not for it.</summary>
    public long LagOf(DeliveryLoop loop) => Math.Max(0, _recordsBefore + _journal.Appended - loop.Cursor.Passed);

    /// <summary>How many bytes of the journal a backend is behind.</summary>
    public long UndeliveredBytes(DeliveryLoop loop) => _delivery.UndeliveredBytes(loop);

    /// <summary>
    /// Lets loggers join that the configuration has by now and the run has not: each is given the run from its first record.
    /// </summary>
    /// <returns>Those that joined.</returns>
    public IReadOnlyList<DeliveryLoop> Join(LoggersConfiguration configuration)
    {
        _loggers = configuration.Loggers;
        return [.. configuration.Ready.Where(logger => _delivery.Find(logger.Key) is null).SelectMany(_lateJoin.Join)];
    }

    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        await _journal.FlushAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        if (!_journal.HasEnded && _opened.Record.Status != RunStatus.Running)
        {
            // It was logged to after its end.
            _opened.Update(record => record with { Status = RunStatus.Running, Ended = null });
        }
    }

    /// <summary>Gives backends their time to get everything that was logged so far.</summary>
    /// <param name="only">The key of one; null for all.</param>
    /// <param name="timeout">How much time at most.</param>
    /// <param name="patience">With one that does not move; null for as much as at the end of a run.</param>
    /// <param name="cancellationToken">Cancels the wait, not the delivery.</param>
    /// <returns>Whether they have everything.</returns>
    public async Task<bool> DeliverAsync(string? only, TimeSpan timeout, DeliveryPatience? patience, CancellationToken cancellationToken)
    {
        await FlushAsync(cancellationToken).ConfigureAwait(false);
        var target = _journals.End();
        patience ??= DeliveryPatience.AtEndOfRun(_configuration.Delivery.StallTimeout);
        await _delivery.WaitAsync(only, target, timeout, patience.Value, null, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return only is null
            ? _delivery.Loops.All(loop => loop.Cursor.Position.CompareTo(target) >= 0)
            : _delivery.Find(only)?.Cursor.Position.CompareTo(target) >= 0;
    }

    /// <summary>Waits until every backend has everything, as long as they move: delivering is what the process is there for.</summary>
    public Task DeliverAllAsync(Action moved, CancellationToken cancellationToken) =>
        _delivery.WaitAsync(null, _journals.End(), TimeSpan.MaxValue, DeliveryPatience.Synchronizing, moved, cancellationToken);

    /// <summary>Ends the run with a status, and delivers it. What the disk refuses is told: the training is over, and has not failed.</summary>
    public async Task EndAsync(RunStatus status, CancellationToken cancellationToken)
    {
        try
        {
            await _end.EndAsync(status, cancellationToken).ConfigureAwait(false);
            await DeliverAsync(null, _configuration.Delivery.ShutdownTimeout, null, cancellationToken).ConfigureAwait(false);
            _opened.Update(record => record with { Loggers = WithLocations(record.Loggers) });
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            TellOfEnd(refusal);
        }
    }

    /// <summary>
    /// Writes the journal out, when the process ends in a way that disposes nothing. What is not delivered then is left to <c>sync</c>.
    /// </summary>
    /// <param name="status">How the run ends; null if that cannot be known.</param>
    public void EndWithProcess(RunStatus? status) => _end.EndWithProcess(status);

    /// <summary>Ends the run if nobody did, and lets go of everything. What is not delivered stays in the journal.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            Sampler?.Dispose();
            await EndIfNobodyDidAsync().ConfigureAwait(false);
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            TellOfEnd(refusal);
        }
        finally
        {
            LetGo();
        }
    }

    private void TellOfEnd(Exception refusal) =>
        _teller.Tell(DiagnosticLevel.Error, null, $"The end of the run could not be written: {Sentence.Of(refusal.Message)}");

    private async Task EndIfNobodyDidAsync()
    {
        if (_journal.HasEnded)
        {
            await _end.KeepAsync().ConfigureAwait(false);
            return;
        }

        if (Verdict is null && _journal.Accepted > 0)
        {
            _teller.Tell(
                DiagnosticLevel.Warning,
                null,
                "The run was disposed, and nobody said how it ended: its status is Killed. "
                    + "Call FinalizeAsync at its end, or let RunAsync do so.");
        }

        await EndAsync(Verdict ?? RunStatus.Killed, CancellationToken.None).ConfigureAwait(false);
    }

    private void LetGo()
    {
        try
        {
            ProcessEnd.Unregister(this);
            HostMeter.Remove(this);
            _delivery.Dispose();
            _journal.Dispose();
            LookBack();
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            // The run's folder is gone, or its disk: that does not end the program that is through with the run.
            _teller.Tell(DiagnosticLevel.Error, null, $"How far the run is delivered cannot be read: {refusal.Message}");
        }
        finally
        {
            _atEnd ??= [];
            _opened.Dispose();
        }
    }

    private void LookBack()
    {
        if (_journal.Dropped > 0 || _journal.Writer.Refusal is not null)
        {
            _teller.Tell(
                DiagnosticLevel.Error,
                null,
                $"The run is incomplete: the disk of its journal refused to be written. {_journal.Dropped:N0} records were dropped.");
        }

        if (_journal.Writer.IsHanging)
        {
            // Nothing more is asked of a disk that does not answer.
            return;
        }

        if (_journal.Dropped > 0)
        {
            _opened.MarkIncomplete();
        }

        _atEnd = _delivery.Snapshot();
        foreach (var delivery in _atEnd.Where(delivery => !delivery.IsComplete))
        {
            _teller.Tell(
                DiagnosticLevel.Warning,
                delivery.Key,
                $"{delivery.UndeliveredBytes:N0} bytes of the run are not delivered to {delivery.Type}"
                    + (delivery.Location is { } location ? $", {location}" : "")
                    + (delivery.LastFailure is null ? ", which was not through in time. " : ". ")
                    + $"They stay in {Folder.StateDirectory}, for `pluginloggers sync`.");
        }

        if (_configuration.Run.Journal == JournalRetention.Delete)
        {
            new JournalRemoval(_opened, _journals, _teller).Remove();
        }
    }

    private Dictionary<string, AttachedLogger> WithLocations(IReadOnlyDictionary<string, AttachedLogger> loggers)
    {
        var located = new Dictionary<string, AttachedLogger>(loggers);
        foreach (var loop in _delivery.Loops)
        {
            if (located.TryGetValue(loop.Key, out var logger))
            {
                located[loop.Key] = logger with { Location = loop.State.Location };
            }
        }

        return located;
    }
}
