namespace PluginLoggers.TensorBoard.Tests;

public sealed class ProjectorTests
{
    private static readonly EmbeddingData Embedding = new(new float[] { 1, 2 }, 2);

    private static readonly string[] Names =
    [
        "", ".", "..", "../..", "/etc/passwd", "a/b", "a\\b", "C:\\x", "con", "NUL.txt", "a.", "a ", "new\nline", "tab\t", "\0", "😀", "%2e",
        "quote\"'", "~",
        new string('t', 1000), new string('é', 300),
    ];

    public static TheoryData<string> AwkwardNames => [.. Names];

    [Theory]
    [MemberData(nameof(AwkwardNames))]
    public async Task A_name_leads_to_one_folder_inside_the_run_on_any_system(string name)
    {
        using var run = new TestRun();

        await run.LogAsync(logger => logger.LogEmbedding(name, Embedding, 3));

        var file = Assert.Single(Directory.GetFiles(run.Folder, "tensors.tsv", SearchOption.AllDirectories));
        var folder = Path.GetFileName(Path.GetDirectoryName(file)!);
        Assert.Equal(Path.Combine(run.Folder, "00003"), Path.GetDirectoryName(Path.GetDirectoryName(file)));
        Assert.Matches("^[A-Za-z0-9%~_-]([A-Za-z0-9%~._-]{0,98}[A-Za-z0-9%~_-])?$", folder);
        Assert.DoesNotMatch("(?i)^(con|prn|aux|nul|com[0-9]|lpt[0-9])([.]|$)", folder);
        Assert.Contains($"tensor_path: \"00003/{folder}/tensors.tsv\"", await ConfigAsync(run), StringComparison.Ordinal);
    }

    [Fact]
    public void Names_that_differ_have_folders_that_differ()
    {
        var folders = Names.Select(name => EmbeddingFolder.Of(name, 0)).ToList();

        Assert.Equal(folders.Count, folders.Distinct().Count());
    }

    [Fact]
    public async Task Labels_and_a_sprite_have_their_files()
    {
        using var run = new TestRun();
        var sprite = ImageData.FromPixels(new byte[4 * 4], 4, 4, channels: 1);
        var embedding = new EmbeddingData(new float[] { 1.5f, -2, 1e-7f, float.NaN }, 2, ["a\tb", "line\nbreak"], sprite, 2, 2);

        await run.LogAsync(logger => logger.LogEmbedding("e", embedding, -1));

        var folder = Path.Combine(run.Folder, "-00001", "e");
        Assert.Equal("1.5\t-2\n1E-07\tNaN\n", await File.ReadAllTextAsync(Path.Combine(folder, "tensors.tsv")));
        Assert.Equal("a b\nline break\n", await File.ReadAllTextAsync(Path.Combine(folder, "metadata.tsv")));
        Assert.Equal(sprite.Encoded.ToArray(), await File.ReadAllBytesAsync(Path.Combine(folder, "sprite.png")));
        Assert.Contains(
            "image_path: \"-00001/e/sprite.png\"\n    single_image_dim: 2\n    single_image_dim: 2\n",
            await ConfigAsync(run),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_written_before_a_save_nor_without_embeddings()
    {
        using var run = new TestRun();
        await using var logger = run.Create();
        logger.LogEmbedding("e", Embedding, 0);
        Assert.Empty(Directory.GetFileSystemEntries(run.Folder));

        using var other = new TestRun();
        await other.LogAsync(empty => empty.LogMetric("x", 1, 0));
        Assert.Single(Directory.GetFileSystemEntries(other.Folder));
    }

    [Fact]
    public async Task What_follows_the_bookmark_is_cut_off_and_comes_again()
    {
        using var run = new TestRun();
        await using var first = run.Create();
        first.LogEmbedding("a", Embedding, 0);
        await first.SaveAsync();
        var bookmark = first.Bookmark;
        first.LogEmbedding("b", Embedding, 1);
        await first.SaveAsync();
        var whole = await ConfigAsync(run);

        await using var second = run.Create(bookmark);
        await second.SaveAsync();
        Assert.Equal(whole[..(whole.Length / 2)], await ConfigAsync(run));
        second.LogEmbedding("b", Embedding, 1);
        await second.SaveAsync();

        Assert.Equal(whole, await ConfigAsync(run));
        Assert.Equal(first.Bookmark, second.Bookmark);
    }

    [Fact]
    public async Task Beginning_anew_replaces_what_an_earlier_attempt_left()
    {
        using var run = new TestRun();
        await run.LogAsync(logger => logger.LogEmbedding("a", Embedding, 0));

        await run.LogAsync(logger => logger.LogEmbedding("b", Embedding, 0));
        Assert.DoesNotContain("\"a:", await ConfigAsync(run), StringComparison.Ordinal);

        await run.LogAsync(_ => { });
        Assert.False(File.Exists(Path.Combine(run.Folder, ProjectorFiles.ConfigName)));
    }

    [Fact]
    public async Task A_configuration_that_is_gone_is_told_and_refused()
    {
        using var run = new TestRun();
        await using var first = run.Create();
        first.LogEmbedding("a", Embedding, 0);
        await first.SaveAsync();
        File.Delete(Path.Combine(run.Folder, ProjectorFiles.ConfigName));

        await using var second = run.Create(first.Bookmark);
        second.LogEmbedding("b", Embedding, 1);

        await Assert.ThrowsAsync<InvalidDataException>(async () => await second.SaveAsync());
    }

    [Fact]
    public async Task One_that_is_logged_again_at_its_step_is_named_once()
    {
        using var run = new TestRun();
        await run.LogAsync(logger =>
        {
            logger.LogEmbedding("a", Embedding, 0);
            logger.LogEmbedding("a", new EmbeddingData(new float[] { 7, 8 }, 2), 0);
        });

        Assert.Single((await ConfigAsync(run)).Split("embeddings {")[1..]);
        Assert.Equal("7\t8\n", await File.ReadAllTextAsync(Path.Combine(run.Folder, "00000", "a", "tensors.tsv")));
    }

    private static Task<string> ConfigAsync(TestRun run) => File.ReadAllTextAsync(Path.Combine(run.Folder, ProjectorFiles.ConfigName));
}
