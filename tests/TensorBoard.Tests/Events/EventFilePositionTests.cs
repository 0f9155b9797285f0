namespace PluginLoggers.TensorBoard.Tests;

public sealed class EventFilePositionTests
{
    private const string FileName = "events.out.tfevents.1700000000.host.1.0";

    public static TheoryData<string> Foreign =>
    [
        "", " ", "1", $"1 88 - ", $"1 88 -", $"2 88 - {FileName}", $"1  88 - {FileName}", $"1 88 - {FileName} ", $" 1 88 - {FileName}",
        $"1 -1 - {FileName}", $"1 +1 - {FileName}", $"1 8_8 - {FileName}", $"1 0x8 - {FileName}", $"1 99999999999999999999 - {FileName}", $"1 1.5 - {FileName}",
        $"1 ８８ - {FileName}", $"1 88 open {FileName}", $"1 88 open: {FileName}", $"1 88 open:xyz {FileName}", $"1 88 open:+2345678 {FileName}",
        $"1 88 open:123456789 {FileName}", $"1 88 ended:12345678 {FileName}", $"1 88 open:12345678:1 {FileName}", "1 88 - metrics.csv",
        "1 88 - ../events.out.tfevents.1", "1 88 - /etc/passwd", "1 88 - events.out.tfevents./../../escaped", "1 88 - events.out.tfevents.\\..\\escaped",
        "1 88 - events.out.tfevents.1:stream", "1 88 - events.out.tfevents.1\n", "1 88 - events.out.tfevents.1\0", "1 88 - events.out.tfevents.é",
        "1 88 - " + FileName + new string('x', 600),
    ];

    [Theory]
    [InlineData(0, "-")]
    [InlineData(long.MaxValue, "open:0000000a")]
    [InlineData(88, "finished:ffffffff")]
    [InlineData(88, "failed:12345678")]
    public void A_position_survives_as_a_bookmark(long length, string session)
    {
        var text = $"1 {length} {session} {FileName}";

        var position = EventFilePosition.Parse(text);

        Assert.NotNull(position);
        Assert.Equal((FileName, length), (position.FileName, position.Length));
        Assert.Equal(text, position.ToString());
    }

    [Theory]
    [MemberData(nameof(Foreign))]
    public void Any_other_text_is_no_position(string bookmark) => Assert.Null(EventFilePosition.Parse(bookmark));

    [Fact]
    public void Mutated_bookmarks_are_refused_or_lead_to_an_event_file_beside()
    {
        var random = new Random(7);
        for (var i = 0; i < 20_000; i++)
        {
            var text = $"1 88 open:12345678 {FileName}".ToCharArray();
            for (var n = random.Next(1, 4); n > 0; n--)
            {
                text[random.Next(text.Length)] = (char)(random.Next(3) == 0 ? "/\\.: \0-~"[random.Next(8)] : random.Next(128));
            }

            if (EventFilePosition.Parse(new string(text)) is { } position)
            {
                Assert.Equal(position.FileName, Path.GetFileName(position.FileName));
                Assert.StartsWith("events.out.tfevents.", position.FileName, StringComparison.Ordinal);
                Assert.InRange(position.Length, 0, long.MaxValue);
            }
        }
    }
}
