namespace PluginLoggers.EndToEnd.Tests.Readme;

/// <summary>A fenced block of the README.</summary>
internal sealed record CodeBlock(string Language, string Text)
{
    public IEnumerable<string> Lines => Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>All blocks of a Markdown text.</summary>
    public static IEnumerable<CodeBlock> Of(string markdown)
    {
        var parts = ("\n" + markdown).Split("\n```");
        Assert.True(parts.Length % 2 == 1, "A fenced block is not closed.");
        for (var i = 1; i < parts.Length; i += 2)
        {
            var end = parts[i].IndexOf('\n', StringComparison.Ordinal);
            yield return new CodeBlock(parts[i][..end], parts[i][(end + 1)..]);
        }
    }
}
