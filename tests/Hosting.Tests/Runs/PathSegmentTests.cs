using PluginLoggers.Hosting.Runs;

namespace PluginLoggers.Hosting.Tests.Runs;

public sealed class PathSegmentTests
{
    [Theory]
    [InlineData("digits")]
    [InlineData("version_0")]
    [InlineData("lr=0.1,layers=[64, 10]")]
    [InlineData(".hidden")]
    [InlineData(" leading space")]
    [InlineData("..a")]
    [InlineData("a..b")]
    [InlineData("数字")]
    [InlineData("🙂")]
    [InlineData("console")]
    [InlineData("COM")]
    [InlineData("COM10")]
    [InlineData("nul-hypothesis")]
    [InlineData("-")]
    [InlineData("~")]
    [InlineData("C")]
    [InlineData("pluginloggers")]
    public void What_every_system_takes_is_a_segment(string segment) => PathSegment.Validate(segment, "run name");

    [Theory]
    [InlineData("", "is empty")]
    [InlineData(".", "leads to another folder")]
    [InlineData("..", "leads to another folder")]
    [InlineData("...", "ends with a dot")]
    [InlineData("a.", "ends with a dot")]
    [InlineData("a ", "ends with a space")]
    [InlineData(" ", "ends with a space")]
    [InlineData(".. ", "ends with a space")]
    [InlineData("a\\b", "has a '\\'")]
    [InlineData("a/b", "has a '/'")]
    [InlineData("C:", "has a ':'")]
    [InlineData("name:stream", "has a ':'")]
    [InlineData("a<b", "has a '<'")]
    [InlineData("a>b", "has a '>'")]
    [InlineData("a\"b", "has a '\"'")]
    [InlineData("a|b", "has a '|'")]
    [InlineData("a?b", "has a '?'")]
    [InlineData("val/*", "has a '/'")]
    [InlineData("*", "has a '*'")]
    [InlineData("a\0b", "has a control character")]
    [InlineData("a\nb", "has a control character")]
    [InlineData("a\u007f", "has a control character")]
    [InlineData("a\u0085b", "has a control character")]
    [InlineData("CON", "is a device")]
    [InlineData("nul", "is a device")]
    [InlineData("Aux.txt", "is a device")]
    [InlineData("NUL.tar.gz", "is a device")]
    [InlineData("prn .log", "is a device")]
    [InlineData("com1", "is a device")]
    [InlineData("LPT9", "is a device")]
    [InlineData("COM0", "is a device")]
    [InlineData("LPT³", "is a device")]
    [InlineData("CONIN$", "is a device")]
    [InlineData("conout$", "is a device")]
    [InlineData(".pluginloggers", "where the host keeps")]
    [InlineData(".PluginLoggers", "where the host keeps")]
    public void What_some_system_refuses_or_means_otherwise_is_refused_with_its_reason(string segment, string reason)
    {
        var mistake = Assert.Throws<ArgumentException>(() => PathSegment.Validate(segment, "logger key"));

        Assert.StartsWith("The logger key \"", mistake.Message, StringComparison.Ordinal);
        Assert.Contains(reason, mistake.Message, StringComparison.Ordinal);
        Assert.EndsWith("Use letters, digits, '-', '_' and '.'.", mistake.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(mistake.Message, char.IsControl);
    }

    [Fact]
    public void The_length_is_counted_in_bytes()
    {
        PathSegment.Validate(new string('a', 255), "run name");
        PathSegment.Validate(new string('é', 127), "run name");

        Assert.Throws<ArgumentException>(() => PathSegment.Validate(new string('a', 256), "run name"));
        var mistake = Assert.Throws<ArgumentException>(() => PathSegment.Validate(new string('é', 128), "run name"));
        Assert.Contains("256 bytes", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_character_is_refused()
    {
        var mistake = Assert.Throws<ArgumentException>(() => PathSegment.Validate("a\ud800b", "run name"));

        Assert.Contains("\"a\\ud800b\" has half a character", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_huge_name_makes_no_huge_message()
    {
        var mistake = Assert.Throws<ArgumentException>(() => PathSegment.Validate(new string('a', 10_000_000), "run name"));

        Assert.True(mistake.Message.Length < 1000);
    }

    [Fact]
    public void Whatever_passes_names_one_folder_inside_the_folder_that_it_stands_in()
    {
        const string Alphabet = "ab.. /\\:~*\0\n\u00a0CONul1$\ud83d\ude42é";
        var random = new Random(20_240_601);
        var root = Path.GetFullPath("root");
        var passed = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var segment = new string([.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => Alphabet[random.Next(Alphabet.Length)])]);
            try
            {
                PathSegment.Validate(segment, "run name");
            }
            catch (ArgumentException)
            {
                continue;
            }

            passed++;
            Assert.Equal(root, Path.GetDirectoryName(Path.GetFullPath(Path.Combine(root, segment))));
            Assert.Equal(segment, Path.GetFileName(Path.GetFullPath(Path.Combine(root, segment))));
        }

        Assert.InRange(passed, 100, 19_000);
    }
}
