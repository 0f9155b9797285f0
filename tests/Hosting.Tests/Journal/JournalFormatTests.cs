using System.Buffers.Binary;
using PluginLoggers.Hosting.Journal;
using PluginLoggers.Hosting.Journal.Records;

namespace PluginLoggers.Hosting.Tests.Journal;

public sealed class JournalFormatTests : IDisposable
{
    // Header, then of each of two blocks its header and its payload.
    private const string GoldenBytes =
        "504C4A4F55524E0A01000000A1B2C3D4E5F60718D6DB35B0" +
        "A1B2C3D4E5F6071836000000A28A2E59" +
        "0101036373760102046C6F737301030776616C2F61636302028082B8EBF2EAA4DE110E0202000000000000E03F030000" +
        "00000000F8FF" +
        "A1B2C3D4E5F607183B000000D27F35BC" +
        "0400A09EB9EBF2EAA4DE11100B046E6F74650568C3A46C6C8C00000001018C0000F0FFFFFFFFFFFFFFFF010100020000" +
        "0001020000000000000080";

    private readonly JournalYard _yard = new();

    public void Dispose() => _yard.Dispose();

    [Fact]
    public void The_bytes_of_a_journal_are_what_they_always_were()
    {
        Assert.Equal(GoldenBytes, Convert.ToHexString(Golden()));
    }

    [Fact]
    public void A_decoder_that_shares_nothing_with_the_writer_reads_the_same()
    {
        Assert.Equal(
            [
                "name 1=csv", "name 2=loss", "name 3=val/acc",
                "kind 2 for 2 at 639029198450000000 step 7: 2=0.5 3=NaN",
                "kind 4 for 0 at 639029198450010000 step 8: 046E6F74650568C3A46C6C",
                "kind 12 for 0 at 639029198450010000 step 8 aside: 01",
                "kind 12 for 0 at 639029198450010000 step -9223372036854775808 aside: 00",
                "kind 2 for 0 at 639029198450010000 step -9223372036854775808: 2=-0",
            ],
            IndependentDecoder.Decode(Golden()));
    }

    [Fact]
    public void A_sample_has_a_step_that_is_none_of_the_run_s_and_opens_no_run_again()
    {
        var ended = new RecordBuffer();
        StatusRecord.Write(ended, RunStatus.Finished);
        var content = _yard.Record(journal =>
        {
            journal.AppendMetrics(RunJournal.Everybody, [new Metric("loss", 1)], null);
            Assert.True(journal.AppendSample([new Metric("system/cpu", 50)], 41));
            journal.AppendMetrics(RunJournal.Everybody, [new Metric("loss", 2)], null);
            Assert.Equal(1, journal.LargestStep);
            journal.Append(RecordKind.Status, RunJournal.Everybody, ended, hasStep: false);
            Assert.False(journal.AppendSample([new Metric("system/cpu", 51)], 42));
            Assert.True(journal.HasEnded);
        });

        Assert.Equal(
            [
                "name 1=loss", "kind 2 step 0: 1=1", "name 2=system/cpu", "kind 13 step 41: 2=50", "kind 2 step 1: 1=2",
                "kind 12 step 1 aside: 01",
            ],
            IndependentDecoder.Decode(content).Select(record => System.Text.RegularExpressions.Regex.Replace(record, @" for 0 at \d+", "")));
    }

    [Fact]
    public void A_newer_version_is_refused_with_what_to_do()
    {
        var content = Golden();
        BinaryPrimitives.WriteUInt32LittleEndian(content.AsSpan(8), 2);
        BinaryPrimitives.WriteUInt32LittleEndian(content.AsSpan(20), IndependentDecoder.Crc32C(content.AsSpan(0, 20)));

        var mistake = Assert.Throws<NotSupportedException>(() => _yard.Read(content));

        Assert.Contains(_yard.Folder.PathOf(1), mistake.Message, StringComparison.Ordinal);
        Assert.Contains("version 2; this program reads version 1. Use the newer program", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_journal_whose_header_was_cut_off_is_empty()
    {
        var content = Golden();
        for (var length = 0; length <= JournalFormat.HeaderLength; length++)
        {
            Assert.Empty(_yard.Read(content[..length]));
        }
    }

    [Fact]
    public void Each_journal_has_a_marker_of_its_own() =>
        Assert.NotEqual(_yard.Record(_ => { })[12..20], _yard.Record(_ => { })[12..20]);

    private byte[] Golden() => _yard.Record(
        journal =>
        {
            journal.AppendMetrics(journal.TargetOf("csv"), [new Metric("loss", 0.5), new Metric("val/acc", double.NaN)], 7);
            journal.FlushAsync().Wait();
            _yard.Time.Advance(TimeSpan.FromMilliseconds(1));
            var body = new RecordBuffer();
            TextRecord.Write(body, "note", "häll");
            journal.Append(RecordKind.Text, RunJournal.Everybody, body);
            body.Clear();
            StatusRecord.Write(body, RunStatus.Finished);
            journal.Append(RecordKind.Status, RunJournal.Everybody, body, hasStep: false);
            journal.AppendMetrics(RunJournal.Everybody, [new Metric("loss", -0.0)], long.MinValue);
        },
        JournalYard.FixedMarker);
}
