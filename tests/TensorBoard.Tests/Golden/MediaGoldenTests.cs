using System.Text;
using PluginLoggers.TensorBoard.Protos;

namespace PluginLoggers.TensorBoard.Tests;

/// <summary>Text, images, audio and graphs as torch wrote them, message by message.</summary>
public sealed class MediaGoldenTests
{
    [Fact]
    public Task Texts_are_the_same_bytes() => SameAsync("text_basic", 7, (logger, value, step) => logger.LogText(
        value.Tag[..^"/text_summary".Length], Encoding.UTF8.GetString(value.Tensor.StringVal[0].Span), step));

    [Fact]
    public Task Images_are_the_same_bytes() => SameAsync("images", 21, (logger, value, step) => logger.LogImage(
        value.Tag, ImageData.FromEncoded(value.Image.EncodedImageString.Memory), step));

    [Fact]
    public Task Sounds_are_the_same_bytes() => SameAsync("audio", 2, (logger, value, step) => logger.LogAudio(
        value.Tag, AudioData.FromWav(value.Audio.EncodedAudioString.Memory), step));

    [Fact]
    public async Task A_graph_has_the_nodes_inputs_and_attributes_of_torch()
    {
        using var run = new TestRun();
        var golden = DecodedRecord.ReadGolden("graph")[1];
        var expected = GraphDef.Parser.ParseFrom(golden.Event.GraphDef);
        foreach (var node in expected.Node)
        {
            // A neutral description has texts for attributes; a list of shapes is none.
            node.Attr.Remove("_output_shapes");
        }

        run.Time.SetUtcNow(DateTimeOffset.UnixEpoch.AddSeconds(golden.Event.WallTime));
        var written = await run.LogAsync(logger => logger.LogGraph(new GraphData([.. expected.Node.Select(node =>
            new GraphNode(node.Name, node.Op, node.Input, node.Attr.ToDictionary(entry => entry.Key, entry => entry.Value.S.ToStringUtf8())))])));

        var record = Assert.Single(written).Event;
        Assert.Equal(golden.Event.WallTime, record.WallTime);
        Assert.Equal(expected, GraphDef.Parser.ParseFrom(record.GraphDef));
    }

    private static async Task SameAsync(string golden, int count, Action<ILightningLogger, Summary.Types.Value, long> log)
    {
        using var run = new TestRun();
        var expected = DecodedRecord.ReadGolden(golden).Skip(1).ToList();

        var written = await run.LogAsync(logger =>
        {
            foreach (var record in expected)
            {
                run.Time.SetUtcNow(DateTimeOffset.UnixEpoch.AddSeconds(record.Event.WallTime));
                log(logger, record.Value, record.Event.Step);
            }
        });

        Assert.Equal(count, expected.Count);
        Assert.Equal(expected.Select(record => record.Event), written.Select(record => record.Event));
        Assert.Equal(expected.Select(record => record.Payload), written.Select(record => record.Payload));
    }
}
