namespace PluginLoggers.TensorBoard.Tests;

public sealed class FindRunsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tensorboard-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Each_folder_with_an_event_file_is_a_run_and_they_are_ordered_by_name()
    {
        foreach (var path in (string[])["b/x.tfevents", "a/deep/er/x.tfevents", "B/x.tfevents", "x.tfevents.1", "none/metrics.csv", "empty/x.tfevents.profile-empty"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
            File.WriteAllBytes(At(path), EventFileMaker.Bytes(EventFileMaker.Scalar("loss", 1, 2)));
        }

        var runs = new TensorBoardPlugin().FindRuns(_folder.FullName);

        Assert.Equal(["", "B", "a/deep/er", "b"], runs.Select(run => run.Name));
        Assert.All(runs, run => Assert.Equal(new FileInfo(At("b/x.tfevents")).Length, run.Bytes));
    }

    [Fact]
    public void One_file_is_a_run_without_a_name()
    {
        File.WriteAllBytes(At("events.out.tfevents.1"), EventFileMaker.Bytes(EventFileMaker.Scalar("loss", 1, 2)));
        File.WriteAllBytes(At("events.out.tfevents.2"), EventFileMaker.Bytes(EventFileMaker.Scalar("loss", 2, 2)));

        var run = Assert.Single(new TensorBoardPlugin().FindRuns(At("events.out.tfevents.1")));

        Assert.Equal("", run.Name);
        Assert.Equal(1, Assert.Single(ImportedRun.Read(run).Points).Step);
    }

    [Fact]
    public void A_place_without_event_files_has_no_runs()
    {
        File.WriteAllText(At("metrics.csv"), "step,loss\n");

        Assert.Empty(new TensorBoardPlugin().FindRuns(_folder.FullName));
        Assert.Empty(new TensorBoardPlugin().FindRuns(At("metrics.csv")));
        Assert.Empty(new TensorBoardPlugin().FindRuns(At("nothing")));
    }

    [UnixFact("Windows lets not everybody make links.")]
    public void A_link_to_a_folder_above_ends_the_search_and_one_to_another_is_followed()
    {
        Directory.CreateDirectory(At("logs/a"));
        Directory.CreateDirectory(At("elsewhere"));
        File.WriteAllBytes(At("logs/a/x.tfevents"), []);
        File.WriteAllBytes(At("elsewhere/x.tfevents"), []);
        Directory.CreateSymbolicLink(At("logs/a/up"), At("logs"));
        Directory.CreateSymbolicLink(At("logs/b"), At("elsewhere"));

        Assert.Equal(["a", "b"], new TensorBoardPlugin().FindRuns(At("logs")).Select(run => run.Name));
    }

    private string At(string path) => Path.Combine(_folder.FullName, path);
}
