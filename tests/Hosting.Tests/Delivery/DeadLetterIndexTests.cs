using PluginLoggers.Hosting.Delivery;
using PluginLoggers.Hosting.Journal;

namespace PluginLoggers.Hosting.Tests.Delivery;

public sealed class DeadLetterIndexTests : IDisposable
{
    private static readonly JournalPosition Middle = new(1, 100, 3);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    private string Path => System.IO.Path.Combine(_folder.FullName, "x.jsonl");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_letter_is_written_at_the_save_and_counts_with_the_cursor()
    {
        var index = new DeadLetterIndex(Path, Middle);
        index.Add(Letter(3));
        Assert.False(File.Exists(Path));
        index.Save();
        Assert.Equal([Letter(3)], DeadLetterIndex.Read(Path));
        Assert.Equal([Letter(3)], index.Commit());
        index.Save();
        Assert.Empty(index.Commit());
        Assert.Equal([Letter(3)], DeadLetterIndex.Read(Path));
    }

    [Fact]
    public void A_letter_whose_cursor_cannot_be_stored_is_entered_once_and_told_when_it_can()
    {
        var index = new DeadLetterIndex(Path, Middle);
        index.Add(Letter(3));
        index.Save();
        index.Commit();
        for (var tries = 0; tries < 3; tries++)
        {
            index.Add(Letter(4));
            index.Add(Letter(5));
            index.Save();
            index.Forget();
        }

        index.Add(Letter(4));
        index.Save();
        Assert.Equal([Letter(4)], index.Commit());
        Assert.Equal([Letter(3), Letter(4)], DeadLetterIndex.Read(Path));
    }

    [Fact]
    public void A_letter_before_whose_cursor_a_crash_came_is_none_if_its_record_is_taken_then()
    {
        var index = new DeadLetterIndex(Path, Middle);
        index.Add(Letter(3));
        index.Add(Letter(4));
        index.Save();

        var again = new DeadLetterIndex(Path, Middle with { Record = 4 });
        again.Save();
        Assert.Equal([Letter(3)], DeadLetterIndex.Read(Path));
        again.Add(Letter(4));
        again.Save();
        Assert.Equal([Letter(4)], again.Commit());
        Assert.Equal([Letter(3), Letter(4)], DeadLetterIndex.Read(Path));
    }

    [Fact]
    public void A_line_that_a_crash_cut_off_spoils_no_other()
    {
        var index = new DeadLetterIndex(Path, Middle);
        index.Add(Letter(3));
        index.Save();
        File.AppendAllText(Path, """{"position":{"jou""");
        index = new DeadLetterIndex(Path, Middle with { Record = 4 });
        index.Add(Letter(4));
        index.Save();
        Assert.Equal([Letter(3), Letter(4)], DeadLetterIndex.Read(Path));
        Assert.Equal(2, File.ReadAllLines(Path).Length);
    }

    [Fact]
    public void A_line_that_is_damaged_costs_no_other()
    {
        DeadLetterIndex.Write(Path, [Letter(1), Letter(2), Letter(3)]);
        File.WriteAllText(Path, File.ReadAllText(Path).Replace("\"record\":2", "\"record\":?", StringComparison.Ordinal));

        var index = new DeadLetterIndex(Path, Middle with { Record = 4 });
        index.Add(Letter(4));
        index.Save();
        Assert.Equal([Letter(1), Letter(3), Letter(4)], DeadLetterIndex.Read(Path));
    }

    [Fact]
    public void A_file_that_is_gone_in_between_is_begun_again()
    {
        var index = new DeadLetterIndex(Path, Middle);
        index.Add(Letter(3));
        index.Save();
        index.Commit();
        File.Delete(Path);
        foreach (var record in new[] { 4, 5 })
        {
            index.Add(Letter(record));
            index.Save();
            index.Commit();
        }

        Assert.Equal([Letter(4), Letter(5)], DeadLetterIndex.Read(Path));
        Assert.Equal(2, File.ReadAllLines(Path).Length);
    }

    [Fact]
    public void What_was_noted_before_a_failure_is_forgotten()
    {
        var index = new DeadLetterIndex(Path, Middle);
        index.Add(Letter(3));
        index.Forget();
        index.Save();
        Assert.Empty(index.Commit());
        Assert.False(File.Exists(Path));
    }

    [Fact]
    public void A_run_that_is_delivered_anew_has_a_new_index()
    {
        var index = new DeadLetterIndex(Path, Middle);
        index.Add(Letter(3));
        index.Save();
        index.Commit();
        index.Clear();
        index.Add(Letter(3));
        index.Save();
        Assert.Single(index.Commit());
        Assert.Single(File.ReadAllLines(Path));
        new DeadLetterIndex(Path, JournalPosition.Start).Save();
        Assert.Empty(File.ReadAllBytes(Path));
    }

    private static DeadLetter Letter(int record) => new(Middle with { Record = record }, "Text", null, "No.");
}
