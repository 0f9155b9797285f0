using System.Text.Json;

namespace PluginLoggers.MLflow;

/// <summary>
/// The tag <c>mlflow.loggedArtifacts</c>, by which the UI finds the tables of a run: a list, as JSON, of at most 8000 characters.
/// </summary>
internal static class TableList
{
    public const string Tag = "mlflow.loggedArtifacts";

    /// <summary>The list with more tables in it, each once; and how many had no room.</summary>
    /// <param name="stored">The tag as it is; null or nonsense is an empty list.</param>
    /// <param name="paths">The paths of the tables.</param>
    public static (string Value, int Left) Add(string? stored, IEnumerable<string> paths)
    {
        var list = Read(stored);
        var known = list.Select(entry => entry.Path).ToHashSet(StringComparer.Ordinal);
        list.AddRange(paths.Where(known.Add).Select(path => new LoggedArtifact(path, "table")));
        var left = 0;
        while (true)
        {
            var value = JsonSerializer.Serialize(list, WireJson.Default.ListLoggedArtifact);
            if (value.Length <= LongValue.MaxTagLength || list.Count == 0)
            {
                return (value, left);
            }

            list.RemoveAt(list.Count - 1);
            left++;
        }
    }

    private static List<LoggedArtifact> Read(string? stored)
    {
        try
        {
            return stored is null ? [] : JsonSerializer.Deserialize(stored, WireJson.Default.ListLoggedArtifact) ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
