namespace PluginLoggers.MLflow.Tests;

public sealed class GitCheckoutTests : IDisposable
{
    private static readonly string Commit = string.Concat(Enumerable.Repeat("0123456789", 4));
    private readonly TempFolder _folder = new();

    [Fact]
    public void A_branch_is_found_from_a_folder_below()
    {
        _folder.File("repo/.git/HEAD", "ref: refs/heads/feature/x\n");
        _folder.File("repo/.git/refs/heads/feature/x", Commit + "\n");
        _folder.File("repo/src/deep/code.cs", "");
        Assert.Equal(new GitCheckout(Commit, "feature/x"), Find("repo/src/deep"));
    }

    [Fact]
    public void A_packed_branch_is_found()
    {
        _folder.File("repo/.git/HEAD", "ref: refs/heads/main\n");
        _folder.File(
            "repo/.git/packed-refs", $"# pack-refs with: peeled\n{new string('f', 40)} refs/heads/not-main\n{Commit} refs/heads/main\n");
        Assert.Equal(new GitCheckout(Commit, "main"), Find("repo"));
    }

    [Fact]
    public void A_commit_without_a_branch_is_found()
    {
        _folder.File("repo/.git/HEAD", Commit + "\n");
        Assert.Equal(new GitCheckout(Commit, null), Find("repo"));
    }

    [Fact]
    public void A_linked_work_tree_is_found()
    {
        _folder.File("main/.git/worktrees/tree/HEAD", "ref: refs/heads/side\n");
        _folder.File("main/.git/worktrees/tree/commondir", "../..\n");
        _folder.File("main/.git/refs/heads/side", Commit);
        _folder.File("tree/.git", "gitdir: ../main/.git/worktrees/tree\n");
        Assert.Equal(new GitCheckout(Commit, "side"), Find("tree"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ref: refs/heads/unborn")]
    [InlineData("ref: ../../../etc/passwd")]
    [InlineData("not a commit at all")]
    public void What_cannot_be_read_is_no_checkout(string head)
    {
        _folder.File("repo/.git/HEAD", head);
        Assert.Null(Find("repo"));
    }

    [Fact]
    public void A_git_folder_without_a_HEAD_is_no_checkout()
    {
        _folder.File("repo/.git/config", "");
        Assert.Null(Find("repo"));
    }

    public void Dispose() => _folder.Dispose();

    private GitCheckout? Find(string folder) => GitCheckout.Find(Path.Combine(_folder.Path, folder));
}
