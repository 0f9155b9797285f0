using PluginLoggers.Hosting.Runs;

namespace PluginLoggers.Hosting.Tests.Runs;

public sealed class RealPathTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    private string Root => RealPath.Of(_folder.FullName);

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Links_are_followed_relative_absolute_and_through_one_another()
    {
        Directory.CreateDirectory(Path.Combine(Root, "a", "b"));
        Directory.CreateSymbolicLink(Path.Combine(Root, "absolute"), Path.Combine(Root, "a"));
        Directory.CreateSymbolicLink(Path.Combine(Root, "a", "relative"), Path.Combine("..", "absolute", "b"));

        Assert.Equal(Path.Combine(Root, "a", "b"), RealPath.Of(Path.Combine(Root, "absolute", "relative")));
    }

    [Fact]
    public void What_is_not_there_yet_is_kept() =>
        Assert.Equal(Path.Combine(Root, "not", "there"), RealPath.Of(Path.Combine(Root, "not", "there")));

    [Fact]
    public void A_link_that_leads_nowhere_is_followed_all_the_same()
    {
        Directory.CreateSymbolicLink(Path.Combine(Root, "dangling"), Path.Combine(Root, "gone"));

        Assert.Equal(Path.Combine(Root, "gone", "x"), RealPath.Of(Path.Combine(Root, "dangling", "x")));
    }

    [Fact]
    public void Links_that_go_round_in_a_circle_are_an_error()
    {
        Directory.CreateSymbolicLink(Path.Combine(Root, "one"), Path.Combine(Root, "two"));
        Directory.CreateSymbolicLink(Path.Combine(Root, "two"), Path.Combine(Root, "one"));

        Assert.Throws<IOException>(() => RealPath.Of(Path.Combine(Root, "one", "x")));
    }

    [Theory]
    [InlineData("runs", true)]
    [InlineData("runs/a", true)]
    [InlineData("runs/..a", true)]
    [InlineData("runs2", false)]
    [InlineData("", false)]
    [InlineData("elsewhere/runs", false)]
    public void Within_is_the_folder_itself_and_below(string path, bool within) =>
        Assert.Equal(within, RealPath.IsWithin(Path.Combine(Root, path), Path.Combine(Root, "runs")));
}
