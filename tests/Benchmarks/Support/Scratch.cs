namespace PluginLoggers.Benchmarks.Support;

/// <summary>A folder that is gone afterwards.</summary>
internal sealed class Scratch : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pluginloggers-benchmarks-");
    private int _next;

    public string Path => _folder.FullName;

    /// <summary>The path of something that does not exist.</summary>
    public string New(string suffix = "") => System.IO.Path.Combine(Path, $"{_next++}{suffix}");

    public void Dispose() => _folder.Delete(recursive: true);
}
