using Microsoft.Extensions.Time.Testing;

namespace PluginLoggers.TensorBoard.Tests;

/// <summary>A run in a folder of its own, with a clock that stands still, and what was told.</summary>
internal sealed class TestRun : IDisposable
{
    public static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tensorboard-");

    public FakeTimeProvider Time { get; } = new(Start);

    public TensorBoardOptions Options { get; init; } = new();

    public List<string> Told { get; } = [];

    public string Folder => _folder.FullName;

    /// <summary>The run's only event file.</summary>
    public string EventFile => Assert.Single(EventFiles);

    public string[] EventFiles => Directory.Exists(Folder) ? Directory.GetFiles(Folder, "*tfevents*", SearchOption.AllDirectories) : [];

    public IReadOnlyList<DecodedRecord> Records => DecodedRecord.ReadFile(EventFile);

    /// <summary>The records after the header and the start of the session.</summary>
    public IReadOnlyList<DecodedRecord> Logged => [.. Records.Skip(2)];

    public LoggerContext Context(string? bookmark = null) => new()
    {
        Key = "tensorboard",
        OutputDirectory = Folder,
        RunId = "0123456789abcdef",
        StartTime = Start,
        Time = Time,
        Bookmark = bookmark,
        Reporter = Told.Add,
    };

    public ILightningLogger Create(string? bookmark = null) => new TensorBoardPlugin().Create(Options, Context(bookmark));

    /// <summary>Logs and saves, and returns what follows the header in the file.</summary>
    public async Task<IReadOnlyList<DecodedRecord>> LogAsync(Action<ILightningLogger> log)
    {
        await using var logger = Create();
        log(logger);
        await logger.SaveAsync();
        return Logged;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
