using PluginLoggers.Hosting.Import;
using PluginLoggers.Hosting.Runs;

namespace PluginLoggers.Hosting.Tests.Import;

public sealed class ImportedNamesTests
{
    [Theory]
    [InlineData("/data/logs", "exp1/train", null, "logs", "exp1-train")]
    [InlineData("/data/logs/", "version_0", null, "logs", "version_0")]
    [InlineData("/data/logs", "", null, "logs", "version_0")]
    [InlineData("/data/logs/version_3", "", null, "logs", "version_3")]
    [InlineData("/data/logs", "exp1/train", "mnist", "mnist", "logs-exp1-train")]
    [InlineData("/data/logs", "", "mnist", "mnist", "logs")]
    public void A_run_is_named_by_its_folders(string place, string relative, string? configured, string name, string version)
    {
        Assert.Equal((name, version), ImportedNames.Of(place, relative, configured));
    }

    [Theory]
    [InlineData("metrics.csv", "digits", "logs")]
    [InlineData("events.out.tfevents.1.host.2.3", "digits", "logs")]
    [InlineData("results.csv", "digits", "logs-results")]
    public void A_file_with_a_name_of_its_own_gives_that_too(string file, string name, string version)
    {
        var folder = Directory.CreateTempSubdirectory("pluginloggers-names-");
        try
        {
            var path = Path.Combine(folder.CreateSubdirectory("logs").FullName, file);
            File.WriteAllText(path, "");
            Assert.Equal((name, version), ImportedNames.Of(path, "", "digits"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a:b")]
    [InlineData("ends with a dot.")]
    [InlineData("CON")]
    [InlineData("nul.txt")]
    [InlineData(".pluginloggers")]
    [InlineData("line\nbreak")]
    [InlineData("half a character \uD800")]
    public void What_is_no_legal_folder_becomes_one_that_no_other_text_becomes(string text)
    {
        var legal = PathSegment.Legal(text);

        PathSegment.Validate(legal, "segment");
        Assert.Equal(legal, PathSegment.Legal(text));
        Assert.NotEqual(legal, PathSegment.Legal(text + "?"));
    }

    [Fact]
    public void The_longest_names_are_cut()
    {
        foreach (var text in new[] { new string('x', 300), string.Concat(Enumerable.Repeat("\U0001F680", 100)) })
        {
            PathSegment.Validate(PathSegment.Legal(text), "segment");
        }

        Assert.Equal("fine name", PathSegment.Legal("fine name"));
    }
}
