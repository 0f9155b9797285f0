using PluginLoggers.Contract;

namespace PluginLoggers.TensorBoard.Tests;

/// <summary>
/// A run of several sessions that is delivered in pieces of any size, each by another instance of the backend, as a host does after
/// failures.
/// </summary>
internal sealed class ResumedRun : IDisposable
{
    private readonly TestRun _run = new();
    private readonly SettableTime _time = new() { Now = TestRun.Start };
    private readonly List<Action<ILightningLogger>> _calls = [];

    /// <summary>The tags that were logged since the run was resumed last.</summary>
    private readonly HashSet<string> _continued = [];

    /// <summary>What should be shown, tag by tag.</summary>
    public Dictionary<string, List<ShownPoint>> Expected { get; } = [];

    public IReadOnlyList<DecodedRecord> Records => _run.Records;

    public byte[] Bytes => File.ReadAllBytes(_run.EventFile);

    public string EventFile => _run.EventFile;

    /// <summary>How often the file says that a session starts.</summary>
    public int Starts => Records.Count(record => record.Event.SessionLog is not null);

    public ResumedRun Log(string tag, params IEnumerable<long> steps)
    {
        foreach (var step in steps)
        {
            var (value, time) = (_calls.Count, TestRun.Start.AddSeconds(_calls.Count));
            _calls.Add(logger =>
            {
                _time.Now = time;
                logger.LogMetric(tag, value, step);
            });

            var points = Expected.TryGetValue(tag, out var known) ? known : Expected[tag] = [];
            if (_continued.Add(tag))
            {
                points.RemoveAll(point => point.Step >= step);
            }

            points.Add(new ShownPoint(step, WallTime.Of(time), value));
        }

        return this;
    }

    public ResumedRun Call(Action<ILightningLogger> call)
    {
        _calls.Add(call);
        return this;
    }

    public ResumedRun End(RunStatus status = RunStatus.Finished) => Call(logger => logger.FinalizeAsync(status).AsTask().Wait());

    public ResumedRun Resume()
    {
        _continued.Clear();
        return End(RunStatus.Running);
    }

    /// <summary>Delivers everything, from the beginning.</summary>
    /// <param name="failsAfter">Whether a delivery breaks off after a call, and another one goes on from the last save.</param>
    /// <param name="savesAfter">Whether a save follows a call.</param>
    public async Task DeliverAsync(Func<bool> failsAfter, Func<bool> savesAfter)
    {
        var (bookmark, saved) = ((string?)null, 0);
        while (saved < _calls.Count)
        {
            await using var logger = Create(bookmark);
            for (var at = saved; at < _calls.Count; at++)
            {
                var before = logger.Bookmark;
                _calls[at](logger);
                if (logger.Bookmark != before || at == _calls.Count - 1 || savesAfter())
                {
                    await logger.SaveAsync();
                    (bookmark, saved) = (logger.Bookmark, at + 1);
                }

                if (failsAfter())
                {
                    break;
                }
            }
        }
    }

    public Task DeliverAsync() => DeliverAsync(() => false, () => false);

    /// <summary>Both readers show what should be shown.</summary>
    public void AssertShown()
    {
        var events = Records.Select(record => record.Event).ToList();
        Assert.Equal(Texts(Expected), Texts(TensorBoardReaders.Python(events)));
        Assert.Equal(Texts(Expected), Texts(TensorBoardReaders.DataServer(events)));
    }

    public void Dispose() => _run.Dispose();

    private ILightningLogger Create(string? bookmark) => new TensorBoardPlugin().Create(new TensorBoardOptions(), new LoggerContext
    {
        Key = "tensorboard",
        OutputDirectory = _run.Folder,
        RunId = "0123456789abcdef",
        StartTime = TestRun.Start,
        Time = _time,
        Bookmark = bookmark,
    });

    private static IEnumerable<string> Texts(Dictionary<string, List<ShownPoint>> shown) => shown
        .OrderBy(tag => tag.Key, StringComparer.Ordinal)
        .Select(tag => $"{tag.Key}: {string.Join(' ', tag.Value.Select(point => FormattableString.Invariant($"{point.Step}={point.Value}@{point.WallTime}")))}");
}
