using System.Diagnostics;

namespace PluginLoggers.MLflow;

/// <summary>Who ran what, as tags that MLflow's UI shows.</summary>
internal static class SourceTags
{
    /// <summary>
    /// The user always. The program and its commit only of a run that began in this process: what is delivered later, or by another
    /// program, was not run by that.
    /// </summary>
    /// <param name="user">The user who is known to the server, or null.</param>
    /// <param name="start">When the run began.</param>
    public static IEnumerable<KeyValuePair<string, string>> Of(string? user, DateTimeOffset start)
    {
        yield return new("mlflow.user", user ?? Environment.UserName);
        yield return new("mlflow.source.type", "LOCAL");
        using var process = Process.GetCurrentProcess();
        if (start < process.StartTime)
        {
            yield break;
        }

        yield return new("mlflow.source.name", Environment.GetCommandLineArgs()[0]);
        if (GitCheckout.Find(Environment.CurrentDirectory) is { } checkout)
        {
            yield return new("mlflow.source.git.commit", checkout.Commit);
            if (checkout.Branch is { } branch)
            {
                yield return new("mlflow.source.git.branch", branch);
            }
        }
    }
}
