namespace PluginLoggers.MLflow;

/// <summary><c>~/.mlflow/credentials</c>, an INI file with a section <c>[mlflow]</c>, as MLflow's own client reads it.</summary>
internal static class CredentialsFile
{
    public static (string? User, string? Password) Read(TrackingEnvironment environment)
    {
        var home = environment.Variable("HOME") ?? environment.Variable("USERPROFILE");
        var values = home is null ? [] : Read(Path.Combine(home, ".mlflow", "credentials"));
        return (values.GetValueOrDefault("mlflow_tracking_username"), values.GetValueOrDefault("mlflow_tracking_password"));
    }

    private static Dictionary<string, string> Read(string path)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var isOurs = false;
        foreach (var line in Lines(path).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] is not ('#' or ';')))
        {
            if (line[0] == '[')
            {
                isOurs = line == "[mlflow]";
            }
            else if (isOurs && line.Split(['=', ':'], 2) is [var name, var value])
            {
                values[name.Trim()] = value.Trim();
            }
        }

        return values;
    }

    private static string[] Lines(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllLines(path) : [];
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            // Not ours to read; MLflow's client goes without as well.
            return [];
        }
    }
}
