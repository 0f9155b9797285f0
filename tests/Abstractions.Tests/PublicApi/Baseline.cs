using System.Reflection;

namespace PluginLoggers.Tests;

/// <summary>The public surface of an assembly as it stands in git, beside the tests of its project.</summary>
internal static class Baseline
{
    /// <summary>Fails where the surface differs, or writes it anew if that is asked for.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="tests">The project of its tests.</param>
    /// <param name="rule">What may change, and what may not.</param>
    public static void Check(Assembly assembly, string tests, string rule)
    {
        var found = ApiText.Of(assembly);
        var path = PathOf(assembly, tests);
        if (Environment.GetEnvironmentVariable("UPDATE_PUBLIC_API") == "1")
        {
            File.WriteAllText(path, found);
            return;
        }

        var expected = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
        if (found != expected)
        {
            Assert.Fail(
                $"""
                The public surface differs from {path}:
                {Difference(expected.Split('\n'), found.Split('\n'))}
                {rule}
                If it is meant, run: UPDATE_PUBLIC_API=1 dotnet test tests/{tests} --filter PublicApi, and commit the file.
                """);
        }
    }

    /// <summary>Found from where the tests were built: what the compiler says of paths is no path in a deterministic build.</summary>
    private static string PathOf(Assembly assembly, string tests)
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "PluginLoggers.sln")))
        {
            folder = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(folder))
                ?? throw new DirectoryNotFoundException("PluginLoggers.sln");
        }

        return Path.Combine(folder, "tests", tests, "PublicApi", assembly.GetName().Name + ".txt");
    }

    /// <summary>The lines that are only in one of the two, each with the type under which it stands.</summary>
    private static string Difference(string[] expected, string[] found)
    {
        var before = WithTypes(expected).ToList();
        var after = WithTypes(found).ToList();
        return string.Join('\n', before.Except(after).Select(line => "- " + line).Concat(after.Except(before).Select(line => "+ " + line)));

        static IEnumerable<string> WithTypes(string[] lines)
        {
            var type = "";
            foreach (var line in lines)
            {
                type = line.StartsWith(' ') ? type : line;
                yield return line.StartsWith(' ') ? $"{type.Split(" : ")[0]}: {line.Trim()}" : line;
            }
        }
    }
}
