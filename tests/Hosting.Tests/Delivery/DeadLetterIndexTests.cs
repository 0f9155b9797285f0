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
    public void A_letter_is_written_at_the_save_and_entered_once()
    {
        var index = new DeadLetterIndex(Path, Middle);
        index.Add(Letter(3));
        Assert.False(File.Exists(Path));
        Assert.Equal([Letter(3)], index.Save());

        // As after a crash before the cursor was stored.
        var again = new DeadLetterIndex(Path, Middle);
        again.Add(Letter(3));
        again.Add(Letter(4));
        Assert.Equal([Letter(4)], again.Save());
        Assert.Equal(2, File.ReadAllLines(Path).Length);
    }

    [Fact]
    public void A_line_that_a_crash_cut_off_spoils_no_other()
    {
        var index = new DeadLetterIndex(Path, Middle);
        index.Add(Letter(3));
        index.Save();
        File.AppendAllText(Path, """{"position":{"jou""");
        index = new DeadLetterIndex(Path, Middle);
        index.Add(Letter(4));
        index.Save();
        Assert.EndsWith("}", File.ReadAllLines(Path)[2], StringComparison.Ordinal);
        index = new DeadLetterIndex(Path, Middle);
        index.Add(Letter(3));
        index.Add(Letter(4));
        Assert.Empty(index.Save());
    }

    [Fact]
    public void What_was_noted_before_a_failure_is_forgotten()
    {
        var index = new DeadLetterIndex(Path, Middle);
        index.Add(Letter(3));
        index.Forget();
        Assert.Empty(index.Save());
    }

    [Fact]
    public void A_run_that_is_delivered_anew_has_a_new_index()
    {
        var index = new DeadLetterIndex(Path, Middle);
        index.Add(Letter(3));
        index.Save();
        index.Clear();
        index.Add(Letter(3));
        Assert.Single(index.Save());
        Assert.Single(File.ReadAllLines(Path));
        Assert.Empty(new DeadLetterIndex(Path, JournalPosition.Start).Save());
        Assert.False(File.Exists(Path));
    }

    private static DeadLetter Letter(int record) => new(Middle with { Record = record }, "Text", null, "No.");
}
