using PluginLoggers.Hosting.Runs;

namespace PluginLoggers.Hosting.Tests.Runs;

public sealed class RunFolderTests
{
    [Fact]
    public void A_run_is_kept_under_its_name_and_version()
    {
        var folder = new RunFolder("runs", "team/digits", "version_3");

        Assert.Equal(Path.GetFullPath("runs"), folder.SaveDir);
        Assert.Equal(Path.Combine(Path.GetFullPath("runs"), "team", "digits", "version_3"), folder.Directory);
        Assert.Equal(Path.Combine(folder.Directory, ".pluginloggers"), folder.StateDirectory);
        Assert.Equal(Path.Combine(folder.StateDirectory, "run.json"), folder.RecordFile);
    }

    [Theory]
    [InlineData("csv", "Csv")]
    [InlineData("CSV", "csv")]
    [InlineData("tensorboard", "TensorBoard")]
    public void A_logger_whose_key_is_its_type_writes_to_the_runs_folder_itself(string key, string type)
    {
        var folder = new RunFolder("runs", "digits", "version_0");

        Assert.Equal(folder.Directory, folder.LoggerDirectory(key, type));
    }

    [Fact]
    public void Any_other_logger_writes_to_a_folder_of_its_key()
    {
        var folder = new RunFolder("runs", "digits", "version_0");

        Assert.Equal(Path.Combine(folder.Directory, "validation"), folder.LoggerDirectory("validation", "Csv"));
        Assert.Throws<ArgumentException>(() => folder.LoggerDirectory("..", "Csv"));
        Assert.Throws<ArgumentException>(() => folder.LoggerDirectory(".pluginloggers", "Csv"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void A_save_directory_must_be_named(string saveDir) =>
        Assert.Contains(
            "SaveDir", Assert.Throws<ArgumentException>(() => new RunFolder(saveDir, "digits", "v")).Message, StringComparison.Ordinal);
}
