using System.Text;
using System.Text.Json;
using PluginLoggers.Hosting.Runs;

namespace PluginLoggers.Hosting.Tests.Runs;

public sealed class RunFormatTests
{
    private static readonly RunRecord Fewest = new()
    {
        RunId = "00112233445566778899aabbccddeeff",
        Name = "digits",
        Version = "version_0",
        Created = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
    };

    private static readonly RunRecord Most = Fewest with
    {
        Name = "a \"name\" <with> everything: ünïcödé \n🙂 \ud800",
        Status = RunStatus.Killed,
        Created = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(-3.5)).AddTicks(1_234_567),
        Ended = DateTimeOffset.MaxValue,
        ParentRunId = "0f",
        Imported = new ImportedFrom { Format = "Csv", Path = "/logs/metrics.csv", Calls = [0, long.MaxValue] },
        Incomplete = true,
        LargestStep = long.MinValue,
        LastSample = 7,
        LastJournal = int.MaxValue,
        Tags = new Dictionary<string, string> { ["team"] = "a", [""] = "\0" },
        Loggers = new Dictionary<string, AttachedLogger>
        {
            ["csv"] = new() { Type = "Csv" },
            ["Mine"] = new()
            {
                Type = "Mine",
                Location = "/runs",
                Options = new Dictionary<string, string?> { ["A:0"] = "3", ["B"] = null },
            },
        },
    };

    private static readonly LockOwner Owner = new()
    {
        Host = "4f1c2a",
        Boot = "b",
        ProcessId = 7,
        Program = "train",
        Since = Fewest.Created,
        Purpose = LockPurpose.Sync,
    };

    [Fact]
    public void A_record_is_written_as_its_reader_would_write_it()
    {
        Assert.All([Fewest, Most, Most with { Imported = new() { Format = "Csv", Path = "/" } }], static record => Assert.Equal(
            JsonSerializer.Serialize(record, RunJson.Default.RunRecord), Encoding.UTF8.GetString(RunFormat.Of(record))));
    }

    [Fact]
    public void A_lock_owner_is_written_as_its_reader_would_write_it()
    {
        Assert.All([Owner, Owner with { Boot = null, Purpose = LockPurpose.Log }], static owner => Assert.Equal(
            JsonSerializer.Serialize(owner, RunJson.Default.LockOwner), Encoding.UTF8.GetString(RunFormat.Of(owner))));
    }

    // So that one that is added is written as well, or fails above.
    [Fact]
    public void No_member_is_left_out_here()
    {
        AssertAllThere(Most);
        AssertAllThere(Most.Imported!);
        AssertAllThere(Most.Loggers["Mine"]);
        AssertAllThere(Owner);
    }

    private static void AssertAllThere(object value) =>
        Assert.All(value.GetType().GetProperties(), property => Assert.NotNull(property.GetValue(value)));
}
