using PluginLoggers.Hosting.Runs;

namespace PluginLoggers.Hosting.Tests.Runs;

public sealed class VersionNumberTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("version_0", 0)]
    [InlineData("version_12", 12)]
    [InlineData("version_007", 7)]
    [InlineData("Version_3", 3)]
    [InlineData("version_2147483646", 2147483646)]
    [InlineData("version_2147483647", null)]
    [InlineData("version_99999999999999999999", null)]
    [InlineData("version_", null)]
    [InlineData("version_abc", null)]
    [InlineData("version_-1", null)]
    [InlineData("version_+1", null)]
    [InlineData("version_ 1", null)]
    [InlineData("version_1_old", null)]
    [InlineData("version_٣", null)]
    [InlineData("my_version_4", null)]
    public void Only_what_counts_on_has_a_number(string version, int? number) => Assert.Equal(number, VersionNumber.Parse(version));

    [Fact]
    public void The_first_is_0() => Assert.Equal(0, VersionNumber.Next(_folder.FullName));

    [Fact]
    public void The_next_is_one_more_than_the_largest_and_fills_no_gap()
    {
        foreach (var name in new[] { "version_2", "version_10", "version_abc", "version_99999999999999999999", "version_2147483647", "notes" })
        {
            _folder.CreateSubdirectory(name);
        }

        Assert.Equal(11, VersionNumber.Next(_folder.FullName));
    }

    [Fact]
    public void A_file_in_the_way_counts_too()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "version_4"), "");

        Assert.Equal(5, VersionNumber.Next(_folder.FullName));
    }
}
