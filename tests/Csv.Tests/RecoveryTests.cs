using PluginLoggers.Csv.Tests.Support;

namespace PluginLoggers.Csv.Tests;

/// <summary>What a crash leaves, wherever it strikes, and what a new instance makes of it.</summary>
public sealed class RecoveryTests : IDisposable
{
    private readonly TestRun _run = new();

    public void Dispose() => _run.Dispose();

    /// <summary>
    /// A script of random calls and saves is crashed at random saves, before, within and after them; in the end the bytes are those of a
    /// run without a crash.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9, CsvLayout.Tidy, "tab")]
    [InlineData(10, CsvLayout.Tidy, ";")]
    [InlineData(11, CsvLayout.Wide, "|")]
    public async Task Crashes_anywhere_leave_the_bytes_of_a_run_without_one(
        int seed, CsvLayout layout = CsvLayout.Wide, string separator = ",")
    {
        var options = new CsvOptions { Layout = layout, Separator = separator };
        var random = new Random(seed);
        Action<ILightningLogger>[] records = [.. Enumerable.Range(0, 60).Select(i => RandomRecord(random, i))];
        using var reference = new TestRun();
        await using (var undisturbed = reference.Create(options: options))
        {
            foreach (var record in records)
            {
                record(undisturbed);
            }

            await undisturbed.SaveAsync();
        }

        var (cursor, bookmark) = (0, (string?)null);
        for (var crashes = 0; cursor < records.Length;)
        {
            var logger = _run.Create(bookmark, options);
            for (var isAlive = true; isAlive && cursor < records.Length;)
            {
                var end = Math.Min(records.Length, cursor + random.Next(1, 9));
                foreach (var record in records[cursor..end])
                {
                    record(logger);
                }

                var before = Files();
                await logger.SaveAsync();
                if (crashes < 20 && random.Next(2) == 0)
                {
                    Tear(before, random);
                    crashes++;
                    isAlive = false;
                }
                else
                {
                    (cursor, bookmark) = (end, logger.Bookmark);
                }
            }

            await logger.DisposeAsync();
        }

        Assert.Equal(reference.Metrics, _run.Metrics);
        Assert.Equal(reference.Hparams, _run.Hparams);
        Assert.Equal([_run.HparamsPath, _run.MetricsPath], Directory.GetFiles(_run.Output).Order());
    }

    [Fact]
    public async Task An_append_torn_at_any_byte_is_cut_back()
    {
        string? bookmark;
        await using (var first = _run.Create())
        {
            first.LogMetrics([new("loss", 0.5), new("a\n\"b", 1)], step: 0);
            await first.SaveAsync();
            bookmark = first.Bookmark;
        }

        var saved = File.ReadAllBytes(_run.MetricsPath);
        await using (var second = _run.Create(bookmark))
        {
            LogMore(second);
            await second.SaveAsync();
        }

        var expected = File.ReadAllBytes(_run.MetricsPath);
        for (var length = saved.Length; length <= expected.Length; length++)
        {
            File.WriteAllBytes(_run.MetricsPath, expected[..length]);
            await using var third = _run.Create(bookmark);
            LogMore(third);
            await third.SaveAsync();
            Assert.Equal(expected, File.ReadAllBytes(_run.MetricsPath));
        }

        static void LogMore(ILightningLogger logger)
        {
            logger.LogMetric("loss", 0.25, step: 1);
            logger.LogMetric("loss", 0.125, step: 2);
        }
    }

    [Fact]
    public async Task A_file_shorter_than_its_bookmark_by_a_byte_is_told_and_written_anew()
    {
        string? bookmark;
        await using (var first = _run.Create())
        {
            Log(first);
            await first.SaveAsync();
            bookmark = first.Bookmark;
        }

        var saved = File.ReadAllBytes(_run.MetricsPath);
        for (var length = 0; length < saved.Length; length++)
        {
            _run.Reports.Clear();
            File.WriteAllBytes(_run.MetricsPath, saved[..length]);
            await using var second = _run.Create(bookmark);
            await Assert.ThrowsAsync<InvalidDataException>(() => second.SaveAsync().AsTask());
            Assert.Contains(_run.MetricsPath, Assert.Single(_run.Reports), StringComparison.Ordinal);
        }

        await using var anew = _run.Create();
        Log(anew);
        await anew.SaveAsync();
        Assert.Equal(saved, File.ReadAllBytes(_run.MetricsPath));

        static void Log(ILightningLogger logger)
        {
            logger.LogMetrics([new("loss", 0.5), new("a\n\"b", 1)], step: 0);
            logger.LogMetric("loss", 0.25, step: 1);
        }
    }

    [Fact]
    public async Task A_file_that_is_gone_is_told()
    {
        string? bookmark;
        await using (var first = _run.Create())
        {
            first.LogMetric("loss", 0.5, step: 0);
            first.LogHyperparams(new Dictionary<string, object?> { ["lr"] = 0.5, ["layers"] = 2L });
            await first.SaveAsync();
            bookmark = first.Bookmark;
        }

        var hparams = _run.Hparams;
        File.WriteAllText(_run.HparamsPath, "lr: 0.5\n");
        await Fails("hparams.yaml");
        File.Delete(_run.HparamsPath);
        await Fails("hparams.yaml");
        File.WriteAllText(_run.HparamsPath, hparams);
        File.Delete(_run.MetricsPath);
        await Fails("metrics.csv");

        async Task Fails(string file)
        {
            _run.Reports.Clear();
            await using var second = _run.Create(bookmark);
            var failure = await Assert.ThrowsAsync<InvalidDataException>(() => second.SaveAsync().AsTask());
            Assert.Contains(file, failure.Message, StringComparison.Ordinal);
            Assert.Contains(file, Assert.Single(_run.Reports), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("v2 rows=1 hparams=0")]
    [InlineData("v1 rows=-1 hparams=0")]
    [InlineData("v1 rows=01 hparams=0")]
    [InlineData("v1 rows=1 hparams=0 ")]
    [InlineData("v1 rows=1 hparams=0\n")]
    [InlineData("v1 rows=9223372036854775808 hparams=0")]
    [InlineData("v1 rows=1 hparams=2147483648")]
    [InlineData("v1 rows=١ hparams=0")]
    public async Task A_bookmark_that_is_none_is_told(string bookmark)
    {
        await using var logger = _run.Create(bookmark);
        await Assert.ThrowsAsync<InvalidDataException>(() => logger.SaveAsync().AsTask());
        Assert.Single(_run.Reports);
        Assert.False(Directory.Exists(_run.Output));
    }

    [Fact]
    public async Task A_save_that_failed_succeeds_later_in_the_same_instance()
    {
        await using var logger = _run.Create();
        logger.LogMetric("loss", 0.5, step: 0);
        await logger.SaveAsync();
        var (saved, bookmark) = (_run.Metrics, logger.Bookmark);

        // A folder in the place of the new file stops the rewrite for the new column.
        var obstacle = Directory.CreateDirectory(_run.MetricsPath + ".tmp");
        logger.LogMetric("late", 1, step: 1);
        await Assert.ThrowsAnyAsync<Exception>(() => logger.SaveAsync().AsTask());
        Assert.Equal(saved, _run.Metrics);
        Assert.Equal(bookmark, logger.Bookmark);

        obstacle.Delete();
        logger.LogMetric("loss", 0.25, step: 2);
        await logger.SaveAsync();
        Assert.Equal("loss,step,late\r\n0.5,0,\r\n,1,1.0\r\n0.25,2,\r\n", _run.Metrics);
    }

    [Fact]
    public async Task What_another_program_appends_is_noticed_and_cut_off()
    {
        await using var logger = _run.Create();
        logger.LogMetric("loss", 0.5, step: 0);
        await logger.SaveAsync();
        File.AppendAllText(_run.MetricsPath, "intruder\r\n");

        logger.LogMetric("loss", 0.25, step: 1);
        var failure = await Assert.ThrowsAsync<IOException>(() => logger.SaveAsync().AsTask());
        Assert.Contains("another program", failure.Message, StringComparison.Ordinal);

        await using var next = _run.Create(logger.Bookmark);
        next.LogMetric("loss", 0.25, step: 1);
        await next.SaveAsync();
        Assert.Equal("loss,step\r\n0.5,0\r\n0.25,1\r\n", _run.Metrics);
    }

    private SortedDictionary<string, byte[]> Files() => Directory.Exists(_run.Output)
        ? new(Directory.GetFiles(_run.Output).ToDictionary(path => path, File.ReadAllBytes), StringComparer.Ordinal)
        : [];

    /// <summary>Brings the output into a state in which a crash within the save may have left it.</summary>
    private void Tear(SortedDictionary<string, byte[]> before, Random random)
    {
        foreach (var path in new[] { _run.MetricsPath, _run.HparamsPath }.Where(File.Exists))
        {
            var after = File.ReadAllBytes(path);
            var old = before.GetValueOrDefault(path);
            if (old is not null && after.AsSpan().StartsWith(old) && path == _run.MetricsPath)
            {
                // An append: any part of it.
                File.WriteAllBytes(path, after[..random.Next(old.Length, after.Length + 1)]);
            }
            else if (random.Next(2) == 0)
            {
                // A replacement: the new file stands beside the old one, in part or whole, and has not taken its place.
                File.WriteAllBytes(path + ".tmp", after[..random.Next(after.Length + 1)]);
                File.Delete(path);
                if (old is not null)
                {
                    File.WriteAllBytes(path, old);
                }
            }
        }
    }

    private static Action<ILightningLogger> RandomRecord(Random random, int i)
    {
        if (random.Next(6) == 0)
        {
            var hyperparams = Enumerable.Range(0, random.Next(1, 4))
                .Select(_ => $"{(char)('a' + random.Next(3))}/{random.Next(3)}{(random.Next(3) == 0 ? "/x" : "")}")
                .Distinct()
                .ToDictionary(name => name, _ => (object?)(double)random.Next(100));
            var comparison = random.Next(2) == 0 ? new Dictionary<string, double> { ["hp_metric"] = i } : null;
            return logger => logger.LogHyperparams(hyperparams, comparison, step: i);
        }

        var names = Enumerable.Range(0, random.Next(1, 5)).Select(_ => $"m{random.Next(3 + (i / 6))}");
        Metric[] metrics = [.. names.Select(name => new Metric(name, random.NextDouble()))];
        return logger => logger.LogMetrics(metrics, step: i);
    }
}
