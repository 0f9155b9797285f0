using Google.Protobuf;
using PluginLoggers.TensorBoard.Protos;

namespace PluginLoggers.TensorBoard.Tests;

public sealed class ScalarParserTests
{
    private readonly ScalarParser _parser = new();

    public static TheoryData<string> Files => EventFileReaderTests.WholeFiles;

    [Theory]
    [MemberData(nameof(Files))]
    public void What_it_reads_is_what_Google_Protobuf_reads(string golden)
    {
        foreach (var record in DecodedRecord.ReadGolden(golden))
        {
            var isScalar = record.Event.Summary?.Value is [{ ValueCase: Summary.Types.Value.ValueOneofCase.SimpleValue, Metadata: null, Tag.Length: > 0 }];
            Assert.Equal(isScalar, IsRead(record.Payload));
        }
    }

    [Fact]
    public void Mutated_events_are_read_as_Google_Protobuf_reads_them_or_not_at_all()
    {
        var random = new Random(5);
        byte[][] payloads = [.. DecodedRecord.ReadGolden("scalars_edge_values").Select(record => record.Payload)];
        var read = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var payload = payloads[random.Next(payloads.Length)].ToArray();
            payload[random.Next(payload.Length)] = (byte)random.Next(256);
            payload = random.Next(4) == 0 ? payload[..random.Next(payload.Length)] : payload;
            read += IsRead(payload) ? 1 : 0;
        }

        Assert.InRange(read, 1000, 19_000);
    }

    [Fact]
    public void Any_step_and_any_tag_is_read_and_no_order_of_tags_confuses_it()
    {
        var random = new Random(6);
        string[] tags = ["", "a", "b", "train/loss", "é\U0001F680", new string('x', 200), new string('y', 20_000)];
        long[] steps = [0, 1, 127, 128, long.MaxValue, -1, long.MinValue];
        for (var i = 0; i < 2000; i++)
        {
            var value = new Summary.Types.Value { Tag = tags[random.Next(tags.Length)], SimpleValue = random.NextSingle() };
            var written = new Event { WallTime = random.Next(3), Step = steps[random.Next(steps.Length)], Summary = new Summary { Value = { value } } };

            // Without a tag, an event has no field for it, and is left to Google.Protobuf.
            Assert.Equal(value.Tag.Length > 0, IsRead(written.ToByteArray()));
        }
    }

    [Fact]
    public void A_tag_that_is_no_text_is_left_to_Google_Protobuf()
    {
        byte[] payload = [0x2A, 10, 0x0A, 8, 0x0A, 1, 0xFF, 0x15, 0, 0, 0, 0];
        Assert.False(_parser.TryParse(payload, out _));
        payload[6] = (byte)'a';
        Assert.True(_parser.TryParse(payload, out _));
    }

    private bool IsRead(byte[] payload)
    {
        if (!_parser.TryParse(payload, out var scalar))
        {
            return false;
        }

        var value = new Summary.Types.Value { Tag = scalar.Tag, SimpleValue = scalar.Value };
        var expected = new Event { WallTime = scalar.WallTime, Step = scalar.Step, Summary = new Summary { Value = { value } } };
        Assert.Equal(expected, Event.Parser.ParseFrom(payload));
        return true;
    }
}
