using PluginLoggers.Hosting.Delivery;

namespace PluginLoggers.Hosting.Tests.Delivery;

public sealed class CursorFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(null, "It hangs.")]
    [InlineData("The server is down.", "The server is down.")]
    public void What_is_left_to_others_says_why_and_is_not_written_any_more(string? before, string after)
    {
        var path = Path.Combine(_folder.FullName, "r.cursor.json");
        var file = new CursorFile(path);
        file.Write(new Cursor { Type = "Recording", LastFailure = before });
        file.Abandon("Recording", "It hangs.");

        Assert.Equal(after, Cursor.Read(path)!.LastFailure);
        Assert.Throws<OperationCanceledException>(() => file.Write(new Cursor { Type = "Recording" }));
        Assert.Equal(after, Cursor.Read(path)!.LastFailure);
    }
}
