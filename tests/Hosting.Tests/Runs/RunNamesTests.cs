using PluginLoggers.Hosting.Runs;

namespace PluginLoggers.Hosting.Tests.Runs;

public sealed class RunNamesTests
{
    [Theory]
    [InlineData("digits")]
    [InlineData("team/digits")]
    [InlineData("a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p")]
    public void A_name_is_segments_with_slashes_between(string name) => RunNames.ValidateName(name);

    [Theory]
    [InlineData("/", "starts at the root")]
    [InlineData("/etc/passwd", "starts at the root")]
    [InlineData("//server/share", "starts at the root")]
    [InlineData("", "is empty")]
    [InlineData("a/", "is empty")]
    [InlineData("a//b", "is empty")]
    [InlineData("a/../b", "leads to another folder")]
    [InlineData("../runs", "leads to another folder")]
    [InlineData("./a", "leads to another folder")]
    [InlineData("C:/runs", "has a ':'")]
    [InlineData("\\\\server\\share", "has a '\\'")]
    [InlineData("a/nul/b", "is a device")]
    [InlineData("a/.pluginloggers", "where the host keeps")]
    [InlineData("a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q", "makes 17 folders")]
    public void A_name_that_leads_elsewhere_is_refused(string name, string reason)
    {
        var mistake = Assert.Throws<ArgumentException>(() => RunNames.ValidateName(name));

        Assert.Contains(reason, mistake.Message, StringComparison.Ordinal);
        Assert.Contains(PathSegment.Printable(name), mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_version_and_a_key_are_one_segment()
    {
        RunNames.ValidateVersion("version_0");
        RunNames.ValidateLoggerKey("csv");

        Assert.Contains(
            "run version", Assert.Throws<ArgumentException>(() => RunNames.ValidateVersion("a/b")).Message, StringComparison.Ordinal);
        Assert.Contains(
            "logger key", Assert.Throws<ArgumentException>(() => RunNames.ValidateLoggerKey("a/b")).Message, StringComparison.Ordinal);
    }
}
