using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace PluginLoggers.MLflow.Tests;

public sealed partial class ServerNameTests
{
    /// <summary>Names that two real servers took, for metrics, params and tags alike.</summary>
    [Theory]
    [InlineData("a b")]
    [InlineData("a-b")]
    [InlineData("a_b")]
    [InlineData("a.b")]
    [InlineData("a/b")]
    [InlineData("a:b")]
    [InlineData("é")]
    [InlineData("ключ")]
    [InlineData("指标")]
    [InlineData("pos_x_mean")]
    [InlineData("_x40_")]
    public void A_name_that_the_server_takes_stays(string name) => Assert.Same(name, ServerName.Map(name));

    /// <summary>Names that two real servers refused, and what looks like a mapped one.</summary>
    [Theory]
    [InlineData("a@b", "a_x0040_b")]
    [InlineData("a#b", "a_x0023_b")]
    [InlineData("a$b", "a_x0024_b")]
    [InlineData("a%b", "a_x0025_b")]
    [InlineData("a(b)", "a_x0028_b_x0029_")]
    [InlineData("a[b]", "a_x005B_b_x005D_")]
    [InlineData("a=b", "a_x003D_b")]
    [InlineData("a,b", "a_x002C_b")]
    [InlineData("a+b", "a_x002B_b")]
    [InlineData("a*b", "a_x002A_b")]
    [InlineData("a\"b", "a_x0022_b")]
    [InlineData("a'b", "a_x0027_b")]
    [InlineData("a\\b", "a_x005C_b")]
    [InlineData("a|b", "a_x007C_b")]
    [InlineData("a&b", "a_x0026_b")]
    [InlineData("a<b", "a_x003C_b")]
    [InlineData("a?b", "a_x003F_b")]
    [InlineData("a\tb", "a_x0009_b")]
    [InlineData("a\nb", "a_x000A_b")]
    [InlineData("😀", "_x0001F600_")]
    [InlineData("e\u0301", "e_x0301_")]
    [InlineData("/a", "_x002F_a")]
    [InlineData("a/", "a_x002F_")]
    [InlineData("a//b", "a/_x002F_b")]
    [InlineData("//", "_x002F__x002F_")]
    [InlineData("./a", "_x002E_/a")]
    [InlineData("../a", "_x002E_./a")]
    [InlineData("a/../b", "a/_x002E_./b")]
    [InlineData(".", "_x002E_")]
    [InlineData("..", "_x002E_.")]
    [InlineData("a/.", "a/_x002E_")]
    [InlineData("", "_xE3B0C44298FC1C14_")]
    [InlineData("a_x0040_b", "a_x005F_x0040_b")]
    [InlineData("_x0040@", "_x005F_x0040_x0040_")]
    [InlineData("@x0040_", "_x0040_x0040_")]
    public void A_name_that_the_server_refuses_is_mapped(string name, string expected) => Assert.Equal(expected, ServerName.Map(name));

    [Fact]
    public void A_lone_surrogate_is_mapped_too() => Assert.Equal("a_xD800_b", ServerName.Map("a\ud800b"));

    [Fact]
    public void A_name_of_250_characters_stays_and_longer_ones_that_differ_at_their_end_stay_apart()
    {
        var longest = new string('n', 250);
        Assert.Same(longest, ServerName.Map(longest));
        string[] mapped = [ServerName.Map(longest + "a"), ServerName.Map(longest + "b"), ServerName.Map(new string('指', 5000)),
            ServerName.Map(new string('@', 50))];
        Assert.Equal(mapped.Length, mapped.Distinct().Count());
        Assert.All(mapped, name => Assert.InRange(name.Length, 1, 250));
        Assert.All(mapped, name => Assert.True(IsTaken(name)));
    }

    [Fact]
    public void Any_name_is_mapped_to_one_that_is_taken_and_can_be_read_back()
    {
        const string Alphabet = "aA0_x4._/ :-@%#\\😀é\u0301\ud83d\0_x0040_";
        var random = new Random(20240229);
        for (var i = 0; i < 50_000; i++)
        {
            var name = string.Concat(Enumerable.Range(0, random.Next(1, 14)).Select(_ => Alphabet[random.Next(Alphabet.Length)]));
            var mapped = ServerName.Map(name);
            Assert.True(IsTaken(mapped), $"'{name}' is mapped to '{mapped}'.");
            Assert.Equal(name, ReadBack(mapped));
        }
    }

    /// <summary>What the servers' messages say, checked in another way than it is done.</summary>
    private static bool IsTaken(string name) =>
        Taken().IsMatch(name) && name.Length <= 250 && name.Split('/').All(segment => segment is not ("" or "." or ".."));

    private static string ReadBack(string mapped) => Escape().Replace(mapped, match =>
    {
        var value = int.Parse(match.Groups[1].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return value > char.MaxValue ? new Rune(value).ToString() : ((char)value).ToString();
    });

    [GeneratedRegex(@"^[\p{L}\p{N}_\-. :/]+$")]
    private static partial Regex Taken();

    [GeneratedRegex("_x([0-9A-F]{4}|[0-9A-F]{8})_")]
    private static partial Regex Escape();
}
