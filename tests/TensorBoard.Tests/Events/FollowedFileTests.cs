using PluginLoggers.TensorBoard.Protos;

namespace PluginLoggers.TensorBoard.Tests;

/// <summary>A reader that follows the file while it is written, cut after a crash and continued.</summary>
public sealed class FollowedFileTests
{
    /// <summary>
    /// The writer dies after any save, before or after the host has noted it; the next one cuts the file at the last save that was noted,
    /// and gets the rest again.
    /// </summary>
    [Fact]
    public async Task Each_point_is_shown_once_wherever_the_writer_dies()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            using var run = new TestRun();
            using var reader = new Follower();
            var (bookmark, noted) = ((string?)null, 0);
            while (noted < 60)
            {
                await using var logger = run.Create(bookmark);
                for (var step = noted; step < 60 && random.Next(12) > 0; step++)
                {
                    logger.LogMetric("loss", step, step);
                    if (random.Next(4) == 0)
                    {
                        await logger.SaveAsync();
                        reader.Follow(run);
                        if (random.Next(3) > 0)
                        {
                            (bookmark, noted) = (logger.Bookmark, step + 1);
                        }
                    }
                }

                if (random.Next(2) == 0 && noted > 0)
                {
                    // The write that was cut off was no whole record.
                    await using var file = new FileStream(run.EventFile, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
                    var whole = file.Seek(0, SeekOrigin.End);
                    file.Write("torn"u8);
                    file.Flush();
                    reader.Follow(run);
                    file.SetLength(whole);
                }
            }

            reader.Follow(run);
            Assert.Equal(Enumerable.Range(0, 60).Select(step => (long)step), reader.Steps);
            Assert.Equal(run.Logged.Select(record => record.Event.Step), reader.Steps);
        }
    }

    private sealed class Follower : IDisposable
    {
        private EventFileReader? _reader;

        public List<long> Steps { get; } = [];

        public void Follow(TestRun run)
        {
            _reader ??= new EventFileReader(run.EventFile);
            while (_reader.Read() is { } next)
            {
                if (next.WhatCase == Event.WhatOneofCase.Summary)
                {
                    Steps.Add(next.Step);
                }
            }

            Assert.NotEqual(RecordEnd.Damage, _reader.End);
        }

        public void Dispose() => _reader?.Dispose();
    }
}
