using PluginLoggers.Contract;
using PluginLoggers.Hosting.Configuration;
using PluginLoggers.Hosting.Journal;
using PluginLoggers.Hosting.Logging;

namespace PluginLoggers.Hosting.Tests.Journal;

public sealed class RunJournalTests : IDisposable
{
    private static readonly string[][] Names =
        [.. Enumerable.Range(0, 8).Select(thread => Enumerable.Range(0, 5).Select(i => $"{thread}/metric {i}").ToArray())];

    private readonly JournalYard _yard = new();

    public void Dispose() => _yard.Dispose();

    [Fact]
    public void Eight_threads_log_a_million_metrics_and_each_is_there_once_and_in_order()
    {
        const int Threads = 8, Calls = 25_000, MetricsPerCall = 5;
        using (var journal = _yard.Folder.Create(0, TimeProvider.System, null, hasEnded: false, new JournalSignal(), _ => { }))
        {
            var threads = Enumerable.Range(0, Threads).Select(thread => new Thread(() =>
            {
                var metrics = new Metric[MetricsPerCall];
                for (var call = 0; call < Calls; call++)
                {
                    for (var i = 0; i < MetricsPerCall; i++)
                    {
                        metrics[i] = new Metric(Names[thread][i], (call * 10) + i);
                    }

                    journal.AppendMetrics(RunJournal.Everybody, metrics, call);
                }
            })).ToList();
            threads.ForEach(thread => thread.Start());
            threads.ForEach(thread => thread.Join());
            Assert.Equal((Threads * Calls, 0), (journal.Accepted, journal.Dropped));
        }

        var next = new int[Threads];
        using var reader = new RunReader(_yard.Folder, JournalPosition.Start);
        while (reader.TryRead(out var record))
        {
            var thread = record.Metrics[0].Name[0] - '0';
            Assert.Equal(next[thread], record.Step);
            for (var i = 0; i < MetricsPerCall; i++)
            {
                if (record.Metrics[i].Name != Names[thread][i] || record.Metrics[i].Value != (next[thread] * 10) + i)
                {
                    Assert.Fail($"Metric {i} of call {next[thread]} of thread {thread} is another's.");
                }
            }

            next[thread]++;
        }

        Assert.All(next, calls => Assert.Equal(Calls, calls));
        Assert.Equal(0, reader.DamagedBytes + reader.UnreadableRecords + reader.TornBytes);
        var bytesPerMetric = (double)new FileInfo(_yard.Folder.PathOf(1)).Length / (Threads * Calls * MetricsPerCall);
        Assert.InRange(bytesPerMetric, 9, 13);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(100)]
    public void Once_the_names_are_known_logging_allocates_nothing_and_takes_few_bytes(int metricsPerCall)
    {
        const int Calls = 500;
        var logged = 0;
        var metrics = Enumerable.Range(0, metricsPerCall).Select(i => new Metric($"metric {i}", i)).ToArray();
        var content = _yard.Record(journal =>
        {
            LogCalls();
            journal.FlushAsync().Wait();
            var written = journal.Writer.Written;
            LogCalls();
            journal.FlushAsync().Wait();
            Assert.InRange((journal.Writer.Written - written) / (double)(Calls * metricsPerCall), 9, 16.1);

            Assert.Equal(0, ThreadAllocations.Fewest(LogCalls));

            void LogCalls()
            {
                logged += Calls;
                for (var i = 0; i < Calls; i++)
                {
                    _yard.Time.Advance(TimeSpan.FromMilliseconds(1));
                    journal.AppendMetrics(RunJournal.Everybody, metrics, null);
                }
            }
        });

        Assert.Equal(logged, _yard.Read(content).Count);
    }

    [Fact]
    public void What_is_refused_leaves_nothing_behind()
    {
        var tooLong = new string('ä', (RecordLimits.MaxNameBytes / 2) + 1);
        var content = _yard.Record(journal =>
        {
            var log = new JournalRecorder(journal, RunJournal.Everybody, new HyperparameterRedaction(new RedactionSettings(), _ => { }));
            Assert.Throws<ArgumentNullException>(() => log.LogMetrics([new Metric("good", 1), new Metric(null!, 1)], 100));
            var name = Assert.Throws<ArgumentException>(() => log.LogMetrics([new Metric("good", 1), new Metric(tooLong, 1)], 100));
            var many = Assert.Throws<ArgumentException>(() => log.LogMetrics(new Metric[RecordLimits.MaxMetricsPerCall + 1], 100));
            var large = Assert.Throws<ArgumentException>(() => log.LogCustom("kind", "name", new byte[RecordLimits.MaxRecordBytes], 100));
            Assert.Throws<ArgumentNullException>(() => log.LogText(null!, "text", 100));
            Assert.Throws<ArgumentException>(() => log.LogText(tooLong, "text", 100));
            Assert.Throws<ArgumentException>(() => log.LogCustom(tooLong, "name", [], 100));
            Assert.Throws<ArgumentException>(() => log.LogHyperparams(new Dictionary<string, object?> { [tooLong] = 1L }, null, 100));
            log.LogMetrics([], 100);
            Assert.Equal(0, journal.Accepted);
            Assert.Null(journal.LargestStep);

            Assert.Contains("32,770 bytes of UTF-8; 32,768 are the most", name.Message, StringComparison.Ordinal);
            Assert.Contains(
                "100,001 metrics in one call; 100,000 are the most. Log them in several calls", many.Message, StringComparison.Ordinal);
            Assert.Contains("log that as an artifact", large.Message, StringComparison.Ordinal);
        });

        Assert.Equal(JournalFormat.HeaderLength, content.Length);
    }

    [Fact]
    public void What_is_just_within_the_limits_comes_back()
    {
        var longest = new string('ä', RecordLimits.MaxNameBytes / 2);
        using (var journal = _yard.Folder.Create(0, _yard.Time, null, hasEnded: false, new JournalSignal(), _ => { }))
        {
            var body = new RecordBuffer();
            body.WriteBytes(new byte[RecordLimits.MaxRecordBytes]);
            var most = Enumerable.Range(0, RecordLimits.MaxMetricsPerCall).Select(i => new Metric($"{i}", i)).ToArray();
            journal.AppendMetrics(RunJournal.Everybody, most, 1);
            journal.Append(RecordKind.Custom, journal.TargetOf(longest), body, 2);
            journal.AppendMetrics(RunJournal.Everybody, [new Metric(longest, 1)], 3);
        }

        using var reader = new RunReader(_yard.Folder, JournalPosition.Start);
        Assert.True(reader.TryRead(out var metrics));
        Assert.Equal(RecordLimits.MaxMetricsPerCall, metrics.Metrics.Length);
        Assert.Equal("99999", metrics.Metrics[^1].Name);
        Assert.True(reader.TryRead(out var custom));
        Assert.Equal(RecordLimits.MaxRecordBytes, custom.Body.Length);
        Assert.Equal(longest, custom.Target);
        Assert.True(reader.TryRead(out var last));
        Assert.Equal(longest, last.Metrics[0].Name);
        Assert.False(reader.TryRead(out _));
    }

    /// <summary>A process that dies ends nothing; backends would not know that the run may go back to an earlier step now.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_run_that_is_resumed_says_so_before_its_first_record_and_once(bool hasEnded)
    {
        using (var journal = _yard.Folder.Create(0, _yard.Time, 7, hasEnded, new JournalSignal(), _ => { }, isResumed: true))
        {
            journal.AppendMetrics(RunJournal.Everybody, [new Metric("loss", 1)], 3);
            journal.AppendMetrics(RunJournal.Everybody, [new Metric("loss", 1)], 4);
        }

        Assert.Equal(
            [RecordKind.Status, RecordKind.Metrics, RecordKind.Metrics],
            _yard.Read().Select(record => Enum.Parse<RecordKind>(record.Text.Split(' ')[0])));
    }
}
