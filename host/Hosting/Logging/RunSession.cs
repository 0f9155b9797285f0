using PluginLoggers.Hosting.Configuration;
using PluginLoggers.Hosting.Delivery;
using PluginLoggers.Hosting.Journal;
using PluginLoggers.Hosting.Journal.Records;
using PluginLoggers.Hosting.Runs;

namespace PluginLoggers.Hosting.Logging;

/// <summary>A run while this process writes it: folder, journal and deliveries, from the opening to the end.</summary>
internal sealed class RunSession : IAsyncDisposable
{
    private readonly OpenedRun _opened;
    private readonly RunRecord _before;
    private readonly RunJournal _journal;
    private readonly JournalFolder _journals;
    private readonly RunDelivery _delivery;
    private readonly HyperparameterRedaction _redaction;
    private readonly LoggersConfiguration _configuration;
    private readonly TimeProvider _time;
    private readonly Teller _teller;
    private IReadOnlyList<LoggerDelivery>? _atEnd;

    /// <param name="opened">The run's folder, locked.</param>
    /// <param name="before">Its record as it was found.</param>
    /// <param name="journals">Its journals.</param>
    /// <param name="journal">That of this process.</param>
    /// <param name="delivery">The loops.</param>
    /// <param name="redaction">Keeps secrets out.</param>
    /// <param name="configuration">What the user wants.</param>
    /// <param name="time">The clock.</param>
    /// <param name="teller">Tells the user.</param>
    public RunSession(
        OpenedRun opened,
        RunRecord before,
        JournalFolder journals,
        RunJournal journal,
        RunDelivery delivery,
        HyperparameterRedaction redaction,
        LoggersConfiguration configuration,
        TimeProvider time,
        Teller teller)
    {
        (_opened, _before, _journals, _journal, _delivery, _redaction) = (opened, before, journals, journal, delivery, redaction);
        (_configuration, _time, _teller) = (configuration, time, teller);
        ProcessEnd.Register(this);
    }

    public RunFolder Folder => _opened.Folder;

    public string RunId => _opened.Record.RunId;

    public bool HasEnded => _journal.HasEnded;

    /// <summary>With which status the run ends if it is disposed and nobody said; null if that cannot be known.</summary>
    public RunStatus? Verdict { get; set; }

    public long? LargestStep => _journal.LargestStep;

    public IReadOnlyList<LoggerDelivery> Deliveries => _atEnd ?? _delivery.Snapshot();

    public IReadOnlyList<DeliveryLoop> Loops => _delivery.Loops;

    public bool IsDisabled(string key) => _configuration.Loggers.Any(logger => !logger.Enabled && logger.Key.Equals(key, StringComparison.OrdinalIgnoreCase));

    /// <summary>What a trainer logs through, for one backend or for all of them.</summary>
    public JournalRecorder RecorderFor(DeliveryLoop? loop) =>
        new(_journal, loop is null ? RunJournal.Everybody : _journal.TargetOf(loop.Key), _redaction);

    /// <summary>The keys that the configuration has, for a message.</summary>
    public string KnownKeys => string.Join(
        ", ", _configuration.Loggers.Select(logger => logger.Enabled ? logger.Key : $"{logger.Key} (not enabled)").DefaultIfEmpty("none"));

    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        await _journal.FlushAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        if (!_journal.HasEnded && _opened.Record.Status != RunStatus.Running)
        {
            // It was logged to after its end.
            _opened.Update(record => record with { Status = RunStatus.Running, Ended = null });
        }
    }

    /// <summary>Gives every backend its time to get everything that was logged so far.</summary>
    public async Task DeliverAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        await FlushAsync(cancellationToken).ConfigureAwait(false);
        await _delivery.WaitAsync(_journals.End(), timeout, DeliveryPatience.AtEndOfRun(_configuration.Delivery.StallTimeout), null, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Ends the run with a status, and delivers it.</summary>
    public async Task EndAsync(RunStatus status, CancellationToken cancellationToken)
    {
        // A run that was opened again and not logged to has the end that it had.
        var ended = !_journal.HasEnded ? null : _opened.Record.Status == RunStatus.Running ? _before : _opened.Record;
        if (ended?.Status != status)
        {
            var body = new RecordBuffer();
            StatusRecord.Write(body, status);
            _journal.Append(RecordKind.Status, RunJournal.Everybody, body, hasStep: false);
        }

        _opened.Update(record => record with
        {
            Status = status,
            Ended = status == RunStatus.Running ? null : ended?.Status == status ? ended.Ended : _time.GetUtcNow(),
            LargestStep = _journal.LargestStep,
            Incomplete = record.Incomplete || _journal.Dropped > 0,
        });
        await DeliverAsync(_configuration.Delivery.ShutdownTimeout, cancellationToken).ConfigureAwait(false);
        _opened.Update(record => record with { Loggers = WithLocations(record.Loggers) });
    }

    /// <summary>Ends the run if nobody did, and lets go of everything. What is not delivered stays in the journal.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await EndIfNobodyDidAsync().ConfigureAwait(false);
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            _teller.Tell(DiagnosticLevel.Error, null, refusal.Message);
        }

        ProcessEnd.Unregister(this);
        _delivery.Dispose();
        _journal.Dispose();
        _atEnd = _delivery.Snapshot();
        TellWhatIsLeft();
        if (_configuration.Run.Journal == JournalRetention.Delete)
        {
            DeleteJournals();
        }

        _opened.Dispose();
    }

    /// <summary>Begins to write the journal out, when the process ends in a way that disposes nothing.</summary>
    public Task FlushAtEndOfProcess() => _journal.FlushAsync();

    private async Task EndIfNobodyDidAsync()
    {
        if (_journal.HasEnded)
        {
            await FlushAsync(CancellationToken.None).ConfigureAwait(false);
            if (_opened.Record.Status == RunStatus.Running)
            {
                // It was resumed, and nothing was logged.
                _opened.Update(record => record with { Status = _before.Status, Ended = _before.Ended });
            }

            return;
        }

        if (Verdict is null && _journal.Accepted > 0)
        {
            _teller.Tell(
                DiagnosticLevel.Warning,
                null,
                "The run was disposed, and nobody said how it ended: its status is Killed. Call FinalizeAsync at its end, or let RunAsync do so.");
        }

        await EndAsync(Verdict ?? RunStatus.Killed, CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Deletes the journals, if every logger that was ever attached has everything.</summary>
    private void DeleteJournals()
    {
        var end = _journals.End();
        var behind = _opened.Record.Loggers.Keys.Where(key => !HasEverything(key, end)).ToList();
        if (behind.Count > 0)
        {
            _teller.Tell(
                DiagnosticLevel.Information,
                null,
                $"The run's journal is kept although Run:Journal is Delete, because not everything is delivered to {string.Join(", ", behind)}.");
            return;
        }

        try
        {
            _journals.Delete();
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            _teller.Tell(DiagnosticLevel.Warning, null, $"The run's journal cannot be deleted: {refusal.Message}");
        }
    }

    private bool HasEverything(string key, JournalPosition end)
    {
        var cursor = _delivery.Loops.FirstOrDefault(loop => loop.Key.Equals(key, StringComparison.OrdinalIgnoreCase))?.Cursor
            ?? Cursor.Read(Path.Combine(Folder.StateDirectory, key + Cursor.Suffix));
        return cursor is { DeadLetters: 0 } && cursor.Position.CompareTo(end) >= 0;
    }

    private void TellWhatIsLeft()
    {
        foreach (var delivery in _atEnd!.Where(delivery => !delivery.IsComplete))
        {
            _teller.Tell(
                DiagnosticLevel.Warning,
                delivery.Key,
                $"{delivery.UndeliveredBytes:N0} bytes of the run are not delivered. They stay in {Folder.StateDirectory}, for `pluginloggers sync`.");
        }

        if (_journal.Dropped > 0 || _journal.Writer.Refusal is not null)
        {
            _teller.Tell(DiagnosticLevel.Error, null, $"The run is incomplete: the disk of its journal refused to be written. {_journal.Dropped:N0} records were dropped.");
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
