namespace PluginLoggers.Contract;

/// <summary>A temporary folder in which one test's runs lie, and what it holds.</summary>
internal sealed class OutputFolder : IDisposable
{
    private readonly string _top = Directory.CreateTempSubdirectory("pluginloggers-contract-").FullName;

    /// <summary>Where the runs lie; deep enough that a name that leads upwards is caught.</summary>
    public string SaveDir => Path.Combine(_top, "output", "home", "runs");

    /// <summary>Every file below a folder: its relative path, and its bytes as text that a failed assertion can show.</summary>
    public static SortedDictionary<string, string> Read(string folder)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (Directory.Exists(folder))
        {
            foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            {
                using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                using var bytes = new MemoryStream();
                stream.CopyTo(bytes);
                files.Add(Path.GetRelativePath(folder, file), System.Text.Encoding.Latin1.GetString(bytes.ToArray()));
            }
        }

        return files;
    }

    /// <summary>Everything that the loggers of the test wrote anywhere.</summary>
    public SortedDictionary<string, string> Read() => Read(Path.Combine(_top, "output"));

    /// <summary>A file that a trainer wrote, such as a checkpoint.</summary>
    public string Input(string name)
    {
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(_top, "input")).FullName, name);
        File.WriteAllBytes(path, [1, 2, 3, 4]);
        return path;
    }

    /// <summary>Every file that lies neither below one of the given folders nor among the trainer's.</summary>
    public IReadOnlyList<string> FilesOutside(IEnumerable<string> folders)
    {
        string[] allowed = [.. folders.Append(Path.Combine(_top, "input")).Select(folder => folder + Path.DirectorySeparatorChar)];
        return
        [
            .. Directory.EnumerateFiles(_top, "*", SearchOption.AllDirectories)
                .Where(file => !allowed.Any(folder => file.StartsWith(folder, StringComparison.Ordinal))),
        ];
    }

    public void Dispose() => Directory.Delete(_top, recursive: true);
}
