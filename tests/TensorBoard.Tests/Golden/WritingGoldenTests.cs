using PluginLoggers.TensorBoard.Protos;

namespace PluginLoggers.TensorBoard.Tests;

/// <summary>A run that is read and written again is the same events, message by message, and is seen the same.</summary>
public sealed class WritingGoldenTests
{
    public static TheoryData<string> Cases => [.. GoldenCase.All];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_run_that_is_read_and_written_holds_the_same(string golden)
    {
        foreach (var source in new TensorBoardPlugin().FindRuns(GoldenCase.FolderOf(golden)))
        {
            using var run = new CopiedRun();
            using var read = await run.CopyAsync(source);

            using var again = ImportedRun.Read(Assert.Single(new TensorBoardPlugin().FindRuns(run.Folder)));

            Assert.Equal(read.Status, again.Status);
            Assert.Empty(again.Damage);
            Assert.Equal(read.Points.Select(point => AsFloat(point)), again.Points);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Each_event_is_the_same_message(string golden)
    {
        foreach (var source in new TensorBoardPlugin().FindRuns(GoldenCase.FolderOf(golden)))
        {
            using var run = new CopiedRun();
            using var read = await run.CopyAsync(source);

            var files = Directory.GetFiles(Path.Combine(GoldenCase.FolderOf(golden), source.Name)).Where(LogDirectory.IsEventFile).Order(
                StringComparer.Ordinal);
            Assert.Equal(
                files.SelectMany(EventsIn).Select(Expected).OfType<Event>(),
                run.Events.Select(Written).OfType<Event>());
        }
    }

    private static List<Event> EventsIn(string path)
    {
        using var reader = new EventFileReader(path);
        var events = new List<Event>();
        while (reader.Read() is { } next)
        {
            events.Add(next);
        }

        return events;
    }

    /// <summary>What other writers write and we write otherwise, one by one.</summary>
    private static Event? Expected(Event source)
    {
        // The first record is ours, and run metadata has no place in the contract. The end of a session is written at the end of the run.
        if (source.Summary is null && source.GraphDef.Length == 0 || IsSessionEnd(source))
        {
            return null;
        }

        var expected = new Event(source) { WallTime = SeenWallTime(source.WallTime) };
        foreach (var value in expected.Summary?.Value ?? [])
        {
            // A scalar in the new form becomes one in the old, which is smaller and the same in both readers: a double becomes a float.
            if (value.Metadata?.PluginData.PluginName == "scalars")
            {
                value.SimpleValue = (float)Tensors.Scalar(value.Tensor)!;
                value.Metadata = null;
            }

            // torch and Lightning give the size that the tensor had before it was scaled; ours is that of the image.
            if (value.Image is { } image)
            {
                var size = ImageData.FromEncoded(image.EncodedImageString.Memory);
                (image.Width, image.Height, image.Colorspace) = (size.Width, size.Height, size.Channels);
            }
        }

        return expected.GraphDef.Length > 0 ? WithAttributesAsText(expected) : expected;
    }

    private static Event? Written(Event written)
    {
        var comparable = written.GraphDef.Length > 0 ? WithAttributesAsText(written) : new Event(written);
        foreach (var value in comparable.Summary?.Value ?? [])
        {
            // When the session began stands in ours alone.
            if (value.Tag == "_hparams_/session_start_info")
            {
                var data = HParamsPluginData.Parser.ParseFrom(value.Metadata.PluginData.Content);
                data.SessionStartInfo.StartTimeSecs = 0;
                value.Metadata = SummaryValues.Metadata("hparams", Google.Protobuf.MessageExtensions.ToByteString(data));
            }
        }

        return (comparable.Summary is null && comparable.GraphDef.Length == 0) || IsSessionEnd(comparable) ? null : comparable;
    }

    /// <summary>A neutral description has texts for attributes.</summary>
    private static Event WithAttributesAsText(Event source) =>
        new(source) { GraphDef = Graphs.ToGraphDef(Graphs.FromGraphDef(GraphDef.Parser.ParseFrom(source.GraphDef))) };

    private static bool IsSessionEnd(Event source) => source.Summary?.Value is [{ Tag: "_hparams_/session_end_info" }];

    /// <summary>A moment is kept to 100 ns.</summary>
    private static double SeenWallTime(double wallTime) => wallTime == 1e-9 ? 0 : wallTime;

    private static SeenPoint AsFloat(SeenPoint point) => point.Value.StartsWith("scalar ", StringComparison.Ordinal)
        ? point with { Value = SeenPoint.Scalar((float)double.Parse(point.Value["scalar ".Length..], System.Globalization.CultureInfo.InvariantCulture)) }
        : point;
}
