namespace PluginLoggers.TensorBoard.Tests;

public sealed class TensorBoardPluginTests
{
    [Theory]
    [InlineData("..")]
    [InlineData("../other")]
    [InlineData("a/../../b")]
    [InlineData("/tmp")]
    [InlineData("a//b")]
    [InlineData("a/")]
    [InlineData("C:")]
    [InlineData("a\\b")]
    [InlineData("a\0b")]
    [InlineData(".")]
    [InlineData("a/. ")]
    public void A_sub_directory_cannot_lead_outside(string subDirectory)
    {
        var exception = Assert.Throws<LoggerOptionsException>(() => Create(new TensorBoardOptions { SubDirectory = subDirectory }));
        Assert.Equal(nameof(TensorBoardOptions.SubDirectory), exception.Path);
    }

    [Theory]
    [InlineData("/x")]
    [InlineData(" ")]
    [InlineData("é")]
    [InlineData(".profile-empty")]
    public void A_suffix_that_spoils_the_name_is_refused(string suffix)
    {
        var exception = Assert.Throws<LoggerOptionsException>(() => Create(new TensorBoardOptions { FileNameSuffix = suffix }));
        Assert.Equal(nameof(TensorBoardOptions.FileNameSuffix), exception.Path);
    }

    [Fact]
    public async Task A_sub_directory_and_a_suffix_say_where_the_file_is()
    {
        using var run = new TestRun { Options = new TensorBoardOptions { SubDirectory = "a/b", FileNameSuffix = ".v2" } };
        await run.LogAsync(logger =>
        {
            Assert.Equal(Path.Combine(run.Folder, "a", "b"), logger.Location);
            logger.LogMetric("loss", 1, 0);
        });

        Assert.Equal(Path.Combine(run.Folder, "a", "b"), Path.GetDirectoryName(run.EventFile));
        Assert.EndsWith(".0.v2", run.EventFile, StringComparison.Ordinal);
    }

    [Fact]
    public void Creating_a_logger_touches_nothing()
    {
        using var run = new TestRun();
        Directory.Delete(run.Folder);
        using (run.Create())
        {
            Assert.False(Directory.Exists(run.Folder));
        }

        Directory.CreateDirectory(run.Folder);
    }

    [Fact]
    public void The_public_types_are_the_plug_in_its_options_and_the_native_handle() => Assert.Equal(
        [nameof(EventWriter), nameof(TensorBoardOptions), nameof(TensorBoardPlugin)],
        typeof(TensorBoardPlugin).Assembly.GetExportedTypes().Select(type => type.Name).Order(StringComparer.Ordinal));

    private static ILightningLogger Create(TensorBoardOptions options) =>
        new TensorBoardPlugin().Create(options, new LoggerContext { Key = "tensorboard", OutputDirectory = Path.GetTempPath() });
}
