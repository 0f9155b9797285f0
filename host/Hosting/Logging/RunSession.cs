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
    private readonly RunJournal _journal;
    private readonly JournalFolder _journals;
    private readonly RunDelivery _delivery;
    private readonly HyperparameterRedaction _redaction;
    private readonly LoggersConfiguration _configuration;
    private readonly TimeProvider _time;
    private readonly Teller _teller;
    private IReadOnlyList<LoggerDelivery>? _atEnd;

    /// <param name="opened">The run's folder, locked.</param>
    /// <param name="journals">Its journals.</param>
    /// <param name="journal">That of this process.</param>
    /// <param name="delivery">The loops.</param>
    /// <param name="redaction">Keeps secrets out.</param>
    /// <param name="configuration">What the user wants.</param>
    /// <param name="time">The clock.</param>
    /// <param name="teller">Tells the user.</param>
    public RunSession(
        OpenedRun opened,
        JournalFolder journals,
        RunJournal journal,
        RunDelivery delivery,
        HyperparameterRedaction redaction,
        LoggersConfiguration configuration,
        TimeProvider time,
        Teller teller)
    {
        (_opened, _journals, _journal, _delivery, _redaction) = (opened, journals, journal, delivery, redaction);
        (_configuration, _time, _teller) = (configuration, time, teller);
        ProcessEnd.Register(this);
    }

    public RunFolder Folder => _opened.Folder;

    public string RunId => _opened.Record.RunId;

    public bool HasEnded => _journal.HasEnded;

    public long? LargestStep => _journal.LargestStep;

    public IReadOnlyList<LoggerDelivery> Deliveries => _atEnd ?? _delivery.Snapshot();

    public IReadOnlyList<DeliveryLoop> Loops => _delivery.Loops;

    public bool IsDisabled(string key) => _configuration.Loggers.Any(logger => !logger.Enabled && logger.Key.Equals(key, StringComparison.OrdinalIgnoreCase));

    /// <summary>What a trainer logs through, for one backend or for all of them.</summary>
    public JournalRecorder RecorderFor(DeliveryLoop? loop) =>
        new(_journal, loop is null ? RunJournal.Everybody : _journal.TargetOf(loop.Key), _redaction);

    public Task FlushAsync(CancellationToken cancellationToken) => _journal.FlushAsync().WaitAsync(cancellationToken);

    /// <summary>Gives every backend its time to get everything that was logged so far.</summary>
    public async Task DeliverAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        await FlushAsync(cancellationToken).ConfigureAwait(false);
        await _delivery.WaitAsync(_journals.End(), timeout, DeliveryPatience.AtEndOfRun, null, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends the run with a status, and delivers it.</summary>
    public async Task EndAsync(RunStatus status, CancellationToken cancellationToken)
    {
        var body = new RecordBuffer();
        StatusRecord.Write(body, status);
        _journal.Append(RecordKind.Status, RunJournal.Everybody, body, hasStep: false);
        _opened.Update(record => record with
        {
            Status = status,
            Ended = status == RunStatus.Running ? null : _time.GetUtcNow(),
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
        catch (IOException refusal)
        {
            _teller.Tell(DiagnosticLevel.Error, null, refusal.Message);
        }

        ProcessEnd.Unregister(this);
        _delivery.Dispose();
        _journal.Dispose();
        _atEnd = _delivery.Snapshot();
        TellWhatIsLeft();
        if (_configuration.Run.Journal == JournalRetention.Delete && _atEnd.All(delivery => delivery.IsComplete && delivery.DeadLetters == 0))
        {
            _journals.Delete();
        }

        _opened.Dispose();
    }

    /// <summary>Writes the journal out, when the process ends in a way that disposes nothing.</summary>
    public void FlushAtEndOfProcess(TimeSpan patience)
    {
        try
        {
            _journal.FlushAsync().Wait(patience);
        }
        catch (AggregateException)
        {
            // The disk refuses, and the process ends: there is nothing left to try.
        }
    }

    private async Task EndIfNobodyDidAsync()
    {
        if (_journal.HasEnded)
        {
            await FlushAsync(CancellationToken.None).ConfigureAwait(false);
            return;
        }

        if (_journal.Accepted > 0)
        {
            _teller.Tell(
                DiagnosticLevel.Warning,
                null,
                "The run was disposed, and nobody said how it ended: its status is Killed. Call FinalizeAsync at its end, or let RunAsync do so.");
        }

        await EndAsync(RunStatus.Killed, CancellationToken.None).ConfigureAwait(false);
    }

    private void TellWhatIsLeft()
    {
        foreach (var delivery in _atEnd!.Where(delivery => !delivery.IsComplete))
        {
            _teller.Tell(
                DiagnosticLevel.Warning,
                delivery.Key,
                $"{delivery.UndeliveredBytes:N0} bytes of the run are not delivered{(delivery.LastFailure is null ? "" : $" ({delivery.LastFailure})")}. They stay in {Folder.StateDirectory}.");
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
