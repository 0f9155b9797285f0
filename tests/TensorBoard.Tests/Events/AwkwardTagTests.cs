using System.Text;

namespace PluginLoggers.TensorBoard.Tests;

public sealed class AwkwardTagTests
{
    public static TheoryData<string> Tags =>
    [
        "", " ", ".", "..", "../..", "/", "//", "/etc/passwd", "a/b/c", "a\\b", "C:\\x", "new\nline", "tab\t", "\0", "\u0001", "😀",
        "e\u0301", "\u202e rtl", "%s%n", "con",
        "_hparams_", "__run_graph__x", new string('t', 1000), string.Concat(Enumerable.Repeat("😀", 1000)), new string('/', 1000),
        "a/text_summary",
    ];

    [Theory]
    [MemberData(nameof(Tags))]
    public async Task A_tag_of_any_kind_of_value_comes_back_as_it_was_and_names_no_file(string tag)
    {
        using var run = new TestRun();
        await run.LogAsync(logger =>
        {
            logger.LogMetric(tag + "s", 1, 0);
            logger.LogText(tag, "text", 0);
            logger.LogImage(tag + "i", ImageData.FromPixels(new byte[3], 1, 1), 0);
            logger.LogAudio(tag + "a", AudioData.FromSamples(new float[1]), 0);
            logger.LogHistogram(tag + "h", HistogramData.FromValues([1.0f]), 0);
            logger.LogPrCurve(tag + "p", PrCurveData.FromPredictions([true], [0.5f], 2), 0);
        });

        Assert.Equal(
            [tag + "s", tag + "/text_summary", tag + "i", tag + "a", tag + "h", tag + "p"], run.Logged.Select(record => record.Value.Tag));
        Assert.Equal(Encoding.UTF8.GetBytes(tag + "s"), Encoding.UTF8.GetBytes(run.Logged[0].Value.Tag));
        using var read = Assert.Single(ImportedRun.ReadAll(run.Folder)).Value;
        Assert.Equal(
            [tag + "s", tag, tag + "i", tag + "a", tag + "h", tag + "p"],
            read.Calls.Select(call => call switch
            {
                Contract.LoggedRecord.Metrics metrics => metrics.Values[0].Name,
                Contract.LoggedRecord.Text text => text.Name,
                Contract.LoggedRecord.Image image => image.Name,
                Contract.LoggedRecord.Audio audio => audio.Name,
                Contract.LoggedRecord.Histogram histogram => histogram.Name,
                var other => ((Contract.LoggedRecord.Custom)other).Name,
            }));
        Assert.Equal(run.EventFile, Assert.Single(Directory.GetFileSystemEntries(run.Folder)));
    }
}
