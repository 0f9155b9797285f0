using PluginLoggers.Hosting.Runs;

namespace PluginLoggers.Hosting.Tests.Runs;

public sealed class RunStoreTests : IDisposable
{
    private readonly DirectoryInfo _saveDir = Directory.CreateTempSubdirectory();

    public void Dispose() => _saveDir.Delete(recursive: true);

    [Fact]
    public void Runs_are_found_by_name_and_then_by_number()
    {
        foreach (var (name, version) in new[] { ("b", "version_10"), ("b", "version_2"), ("b", "best"), ("a/deep/er", "version_0"), ("a", "version_0") })
        {
            Make(name, version);
        }

        Assert.Equal(["a/deep/er/version_0", "a/version_0", "b/best", "b/version_2", "b/version_10"], Found());
    }

    [Fact]
    public void What_is_no_run_is_passed_over()
    {
        Make("a", "version_0");
        Directory.CreateDirectory(Path.Combine(_saveDir.FullName, "a", "version_1", RunFolder.StateFolder));
        Directory.CreateDirectory(Path.Combine(_saveDir.FullName, RunFolder.StateFolder, "version_0", RunFolder.StateFolder));
        File.WriteAllText(Path.Combine(_saveDir.FullName, "notes.txt"), "");

        Assert.Equal(["a/version_0"], Found());
    }

    [Fact]
    public void A_record_is_found_whatever_stands_in_it()
    {
        File.WriteAllText(Make("a", "version_0").RecordFile, "{ torn");

        Assert.Equal(["a/version_0"], Found());
    }

    [Fact]
    public void Links_are_not_followed()
    {
        var run = Make("a", "version_0");
        Directory.CreateSymbolicLink(Path.Combine(_saveDir.FullName, "a", "loop"), _saveDir.FullName);
        Directory.CreateSymbolicLink(Path.Combine(_saveDir.FullName, "again"), Path.GetDirectoryName(run.Directory)!);

        Assert.Equal(["a/version_0"], Found());
    }

    [Fact]
    public void The_deepest_name_there_can_be_is_found_and_nothing_below()
    {
        var deepest = string.Join('/', Enumerable.Repeat("n", RunNames.MaxSegments));
        var run = Make(deepest, "version_0");
        Directory.CreateDirectory(Path.Combine(run.Directory, "deeper", RunFolder.StateFolder));
        File.WriteAllText(Path.Combine(run.Directory, "deeper", RunFolder.StateFolder, "run.json"), "{}");

        Assert.Equal([deepest + "/version_0"], Found());
    }

    [Fact]
    public void A_folder_that_is_not_there_has_no_runs() => Assert.Empty(RunStore.Find(Path.Combine(_saveDir.FullName, "gone")));

    private string[] Found() => [.. RunStore.Find(_saveDir.FullName).Select(run => $"{run.Name}/{run.Version}")];

    private RunFolder Make(string name, string version)
    {
        var folder = new RunFolder(_saveDir.FullName, name, version);
        Directory.CreateDirectory(folder.StateDirectory);
        File.WriteAllText(folder.RecordFile, "{}");
        return folder;
    }
}
