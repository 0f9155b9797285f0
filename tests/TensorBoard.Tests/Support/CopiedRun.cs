using PluginLoggers.Contract;
using PluginLoggers.TensorBoard.Protos;

namespace PluginLoggers.TensorBoard.Tests;

/// <summary>A run into which another one is read, as an import does it.</summary>
internal sealed class CopiedRun : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tensorboard-");

    public string Folder => _folder.FullName;

    public IEnumerable<Event> Events =>
        DecodedRecord.ReadFile(Assert.Single(Directory.GetFiles(Folder, "*tfevents*"))).Select(record => record.Event);

    /// <summary>Reads a run into an event file, and returns what reading it gave.</summary>
    public async Task<ImportedRun> CopyAsync(SourceRun source)
    {
        var time = new SettableTime();
        await using var logger = new TensorBoardPlugin().Create(
            new TensorBoardOptions(), new LoggerContext { Key = "tensorboard", OutputDirectory = Folder, RunId = "0123456789abcdef", Time = time });
        var target = new Target(logger, time);
        var status = source.ReadTo(target, CancellationToken.None);
        await logger.FinalizeAsync(status);
        return ImportedRun.Read(source);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private sealed class Target(ILightningLogger logger, SettableTime time) : IImportTarget
    {
        public ILightningLogger Logger => logger;

        public DateTimeOffset? Time
        {
            get => time.Now;
            set => time.Now = value ?? DateTimeOffset.UnixEpoch;
        }

        public long BytesRead { get; set; }

        public void ReportDamage(string file, long offset, string reason)
        {
        }

        public void ReportSkipped(string what)
        {
        }
    }
}
