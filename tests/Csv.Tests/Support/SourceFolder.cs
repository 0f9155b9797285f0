using System.Text;

namespace PluginLoggers.Csv.Tests.Support;

/// <summary>A folder with files of somebody else, to be read.</summary>
internal sealed class SourceFolder : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pluginloggers-csv-source-").FullName;

    public string Root => _folder;

    public string At(string path) => Path.Combine(_folder, path);

    public string Write(string path, string content) => Write(path, Encoding.UTF8.GetBytes(content));

    public string Write(string path, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllBytes(At(path), content);
        return At(path);
    }

    /// <summary>Reads the only run there is.</summary>
    public RecordingTarget Read(string path = "")
    {
        var target = new RecordingTarget();
        var run = Assert.Single(new CsvPlugin().FindRuns(At(path)));
        Assert.Equal(RunStatus.Finished, run.ReadTo(target, CancellationToken.None));
        return target;
    }

    /// <summary>Reads a table.</summary>
    public RecordingTarget ReadMetrics(string content)
    {
        Write("metrics.csv", content);
        return Read();
    }

    /// <summary>Reads hyperparameters.</summary>
    public RecordingTarget ReadHyperparameters(string yaml)
    {
        Write("hparams.yaml", yaml);
        return Read();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
