namespace PluginLoggers.MLflow;

/// <summary>The git checkout that a folder is in, read from its files: git itself may not be there.</summary>
/// <param name="Commit">The commit, as hexadecimal digits.</param>
/// <param name="Branch">The branch; null where none is checked out.</param>
internal sealed record GitCheckout(string Commit, string? Branch)
{
    private const string HeadsPrefix = "refs/heads/";

    /// <summary>The checkout; null if the folder is in none, if there is no commit yet, or if it cannot be read.</summary>
    public static GitCheckout? Find(string folder)
    {
        try
        {
            for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
            {
                if (GitFolder(at.FullName) is { } git)
                {
                    return Read(git);
                }
            }
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // Where the code came from is good to know, and no reason to fail.
        }

        return null;
    }

    /// <summary>In a linked work tree or a submodule, <c>.git</c> is a file that says where the folder is.</summary>
    private static string? GitFolder(string folder)
    {
        const string Link = "gitdir:";
        var path = Path.Combine(folder, ".git");
        return Directory.Exists(path) ? path
            : File.Exists(path) && File.ReadAllText(path) is var text && text.StartsWith(Link, StringComparison.Ordinal)
                ? Path.Combine(folder, text[Link.Length..].Trim())
                : null;
    }

    private static GitCheckout? Read(string git)
    {
        const string Reference = "ref:";
        var head = File.ReadAllText(Path.Combine(git, "HEAD")).Trim();
        if (!head.StartsWith(Reference, StringComparison.Ordinal))
        {
            return IsCommit(head) ? new(head, null) : null;
        }

        var name = head[Reference.Length..].Trim();
        var shared = Path.Combine(git, "commondir") is var file && File.Exists(file)
            ? Path.Combine(git, File.ReadAllText(file).Trim())
            : git;
        return (Loose(git, name) ?? Loose(shared, name) ?? Packed(shared, name)) is { } commit && IsCommit(commit)
            ? new(commit, name.StartsWith(HeadsPrefix, StringComparison.Ordinal) ? name[HeadsPrefix.Length..] : null)
            : null;
    }

    private static string? Loose(string git, string name) =>
        Path.Combine(git, name) is var path && File.Exists(path) ? File.ReadAllText(path).Trim() : null;

    private static string? Packed(string git, string name) =>
        Path.Combine(git, "packed-refs") is var path && File.Exists(path)
            ? File.ReadLines(path).FirstOrDefault(line => line.EndsWith($" {name}", StringComparison.Ordinal))?.Split(' ')[0]
            : null;

    private static bool IsCommit(string text) => text.Length is 40 or 64 && text.All(char.IsAsciiHexDigit);
}
