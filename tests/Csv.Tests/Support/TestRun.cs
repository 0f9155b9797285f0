using System.Text;

namespace PluginLoggers.Csv.Tests.Support;

/// <summary>A run in a temporary folder, as a host drives it.</summary>
internal sealed class TestRun : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pluginloggers-csv-").FullName;

    public string Output => Path.Combine(_folder, "run");

    public string MetricsPath => Path.Combine(Output, "metrics.csv");

    public string HparamsPath => Path.Combine(Output, "hparams.yaml");

    public List<string> Reports { get; } = [];

    /// <summary>The text of the table as it stands, and an empty one where there is no file.</summary>
    public string Metrics => File.Exists(MetricsPath) ? Encoding.UTF8.GetString(ReadShared(MetricsPath)) : "";

    public string Hparams => File.Exists(HparamsPath) ? Encoding.UTF8.GetString(ReadShared(HparamsPath)) : "";

    public ILightningLogger Create(string? bookmark = null, CsvOptions? options = null, TimeProvider? time = null)
    {
        var context = new LoggerContext
        {
            Key = "csv",
            OutputDirectory = Output,
            Bookmark = bookmark,
            Reporter = Reports.Add,
            Time = time ?? TimeProvider.System,
        };
        return new CsvPlugin().Create(options ?? new CsvOptions(), context);
    }

    public CsvTable Read() => CsvTable.Parse(Metrics);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static byte[] ReadShared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var bytes = new MemoryStream();
        file.CopyTo(bytes);
        return bytes.ToArray();
    }
}
