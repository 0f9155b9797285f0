using PluginLoggers.Csv.Tests.Support;

namespace PluginLoggers.Csv.Tests;

public sealed class DamagedFileTests : IDisposable
{
    private readonly TestRun _run = new();

    public void Dispose() => _run.Dispose();

    /// <summary>Bytes change, vanish and appear; the file is continued as a whole table, or refused, and never anything else.</summary>
    [Fact]
    public async Task A_damaged_file_is_continued_whole_or_refused()
    {
        string? bookmark;
        await using (var first = _run.Create())
        {
            for (var step = 0; step < 8; step++)
            {
                first.LogMetrics([new("loss", 1.0 / (step + 1)), new("a,\n\"b\"", step), new("ok", double.NaN)], step);
            }

            await first.SaveAsync();
            bookmark = first.Bookmark;
        }

        var whole = File.ReadAllBytes(_run.MetricsPath);
        var (continued, refused) = (0, 0);
        for (var seed = 0; seed < 400; seed++)
        {
            File.WriteAllBytes(_run.MetricsPath, Damage.Of(whole, new Random(seed)));
            await using var second = _run.Create(bookmark);
            second.LogMetrics([new("loss", -1), new("late", -2)], step: 100);
            try
            {
                await second.SaveAsync();
                var table = _run.Read();
                Assert.Equal(9, table.Rows.Count);
                Assert.Equal(table.Columns.Count, table.Columns.Distinct().Count());
                Assert.Equal([-2, -1], (table with { Rows = [table.Rows[8]] }).Points().Select(point => point.Value).Order());
                continued++;
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }

        Assert.True(continued > 20 && refused > 20, $"{continued} continued, {refused} refused");
    }
}
