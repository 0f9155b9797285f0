using PluginLoggers.Hosting.Storage;
using PluginLoggers.Storage;

namespace PluginLoggers.Hosting.Tests.Storage;

public sealed class DurableFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    private string FilePath => Path.Combine(_folder.FullName, "cursor.json");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_new_file_holds_what_it_was_given()
    {
        DurableFile.Replace(FilePath, "one"u8);

        Assert.Equal("one"u8, DurableFile.Read(FilePath));
    }

    [Fact]
    public void A_shorter_content_replaces_a_longer_one_and_nothing_else_is_left()
    {
        DurableFile.Replace(FilePath, "a long content"u8);
        DurableFile.Replace(FilePath, "short"u8);

        Assert.Equal("short"u8, DurableFile.Read(FilePath));
        Assert.Equal([FilePath], Directory.GetFileSystemEntries(_folder.FullName));
    }

    [Fact]
    public void What_a_crash_left_half_written_is_overwritten()
    {
        File.WriteAllText(FilePath + ".tmp", "a content that was cut off in the mid");

        DurableFile.Replace(FilePath, "whole"u8);

        Assert.Equal("whole"u8, DurableFile.Read(FilePath));
        Assert.Equal([FilePath], Directory.GetFileSystemEntries(_folder.FullName));
    }

    [Fact]
    public void A_replacement_that_fails_leaves_the_old_content()
    {
        DurableFile.Replace(FilePath, "old"u8);
        Directory.CreateDirectory(FilePath + ".tmp");

        Assert.ThrowsAny<Exception>(() => DurableFile.Replace(FilePath, "new"u8));

        Assert.Equal("old"u8, DurableFile.Read(FilePath));
    }

    [Fact]
    public async Task A_reader_sees_the_old_or_the_new_content_whole_while_it_is_replaced()
    {
        var contents = new[] { new byte[100], new byte[5000] };
        Array.Fill(contents[1], (byte)1);
        DurableFile.Replace(FilePath, contents[0]);

        var writer = Task.Run(() =>
        {
            for (var i = 0; i < 200; i++)
            {
                DurableFile.Replace(FilePath, contents[i % 2]);
            }
        });

        while (!writer.IsCompleted)
        {
            var seen = DurableFile.Read(FilePath);
            Assert.Equal(contents[seen.Length == 100 ? 0 : 1], seen);
        }

        await writer;
    }

    [Fact]
    public void A_directory_that_is_not_there_is_no_reason_to_fail() =>
        DurableDirectory.Sync(Path.Combine(_folder.FullName, "gone"));
}
