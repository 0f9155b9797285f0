using PluginLoggers.Hosting.Journal;
using PluginLoggers.Hosting.Journal.Records;

namespace PluginLoggers.Hosting.Tests.Journal;

/// <summary>A journal of a few hundred bytes for damage: four blocks of three records.</summary>
internal static class SmallJournal
{
    public static byte[] Write(JournalYard yard) => yard.Record(
        journal =>
        {
            var body = new RecordBuffer();
            TextRecord.Write(body, "note", "text");
            for (var i = 0; i < 4; i++)
            {
                journal.AppendMetrics(RunJournal.Everybody, [new Metric("loss", i), new Metric("accuracy", 1)], (2 * i) + 1);
                journal.AppendMetrics(journal.TargetOf("csv"), [new Metric($"only {i}", i)], null);
                journal.Append(RecordKind.Text, RunJournal.Everybody, body, i);
                journal.FlushAsync().Wait();
            }
        },
        JournalYard.FixedMarker);

    public static List<(int Offset, int Length)> Blocks(byte[] content)
    {
        var blocks = new List<(int, int)>();
        for (var at = JournalFormat.HeaderLength; at < content.Length;)
        {
            var length = JournalFormat.BlockHeaderLength + BitConverter.ToInt32(content, at + JournalFormat.MarkerLength);
            blocks.Add((at, length));
            at += length;
        }

        return blocks;
    }
}
