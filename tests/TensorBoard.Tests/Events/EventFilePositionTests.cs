namespace PluginLoggers.TensorBoard.Tests;

public sealed class EventFilePositionTests
{
    private const string FileName = "events.out.tfevents.1700000000.host.1.0";

    public static TheoryData<string> Foreign =>
    [
        "", " ", "1", $"2 88 - 9 ", $"2 88 -", $"1 88 - 9 {FileName}", $"2  88 - 9 {FileName}", $"2 88 - 9 {FileName} ",
        $" 2 88 - 9 {FileName}",
        $"2 -1 - 9 {FileName}", $"2 +1 - 9 {FileName}", $"2 8_8 - 9 {FileName}", $"2 0x8 - 9 {FileName}",
        $"2 99999999999999999999 - 9 {FileName}", $"2 1.5 - 9 {FileName}",
        $"2 ８８ - 9 {FileName}", $"2 88 open 9 {FileName}", $"2 88 open: 9 {FileName}", $"2 88 open:xyz 9 {FileName}",
        $"2 88 open:+2345678 9 {FileName}",
        $"2 88 open:123456789 9 {FileName}", $"2 88 ended:12345678 9 {FileName}", $"2 88 open:12345678:1 9 {FileName}",
        "2 88 - 9 metrics.csv",
        "2 88 - 9 ../events.out.tfevents.1", "2 88 - 9 /etc/passwd", "2 88 - 9 events.out.tfevents./../../escaped",
        "2 88 - 9 events.out.tfevents.\\..\\escaped",
        "2 88 - 9 events.out.tfevents.1:stream", "2 88 - 9 events.out.tfevents.1\n", "2 88 - 9 events.out.tfevents.1\0",
        "2 88 - 9 events.out.tfevents.é",
        "2 88 - 9 " + FileName + new string('x', 600),
        $"2 88 - {FileName}", $"2 88 - x {FileName}", $"2 88 - +9 {FileName}", $"2 88 -  {FileName}", $"2 88 - 9/1 {FileName}",
        $"2 88 - 9/1/2/3/4 {FileName}",
        $"2 88 - 9/-/2 {FileName}", $"2 88 - 9/-1/2 {FileName}", $"2 88 - 99999999999999999999 {FileName}",
    ];

    [Theory]
    [InlineData(0, "-", "-")]
    [InlineData(long.MaxValue, "open:0000000a", "9223372036854775807")]
    [InlineData(88, "finished:ffffffff", "-9223372036854775808/88/-")]
    [InlineData(88, "described,failed:12345678", "9/88/8")]
    [InlineData(88, "described,-", "9/88/8/-3")]
    public void A_position_survives_as_a_bookmark(long length, string session, string steps)
    {
        var text = $"2 {length} {session} {steps} {FileName}";

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
            var text = $"2 88 open:12345678 9/88/8/3 {FileName}".ToCharArray();
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
