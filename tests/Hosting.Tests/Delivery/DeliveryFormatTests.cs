using System.Text;
using System.Text.Json;
using PluginLoggers.Hosting.Delivery;
using PluginLoggers.Hosting.Journal;

namespace PluginLoggers.Hosting.Tests.Delivery;

public sealed class DeliveryFormatTests
{
    private static readonly DeadLetter Letter = new(new JournalPosition(1, 24, 0), "metrics", "a <\"b\">", "it is ünïcödé \n🙂 \ud800");

    private static readonly Cursor Fewest = new() { Type = "Csv" };

    private static readonly Cursor Most = new()
    {
        Type = "MLflow",
        Position = new JournalPosition(int.MaxValue, long.MaxValue, 3),
        Bookmark = "",
        Delivered = long.MaxValue,
        Unsupported = 1,
        DeadLetters = 2,
        Redelivered = new Redelivery([Letter, Letter with { Metric = null }], []),
        Passed = 7,
        LastFailure = "the server is down",
    };

    [Fact]
    public void A_cursor_is_written_as_its_reader_would_write_it()
    {
        Assert.All([Fewest, Most], static cursor => Assert.Equal(
            JsonSerializer.Serialize(cursor, DeliveryJson.Default.Cursor), Encoding.UTF8.GetString(DeliveryFormat.Of(cursor))));
    }

    [Fact]
    public void A_dead_letter_is_written_as_its_reader_would_write_it()
    {
        Assert.All([Letter, Letter with { Metric = null }], static letter => Assert.Equal(
            JsonSerializer.Serialize(letter, DeliveryJson.Default.DeadLetter), Encoding.UTF8.GetString(DeliveryFormat.Of(letter))));
    }

    // So that one that is added is written as well, or fails above.
    [Fact]
    public void No_member_is_left_out_here()
    {
        AssertAllThere(Most);
        AssertAllThere(Most.Redelivered!);
        AssertAllThere(Letter);
    }

    private static void AssertAllThere(object value) =>
        Assert.All(value.GetType().GetProperties(), property => Assert.NotNull(property.GetValue(value)));
}
