using System.Collections.Concurrent;

namespace PluginLoggers.MLflow;

/// <summary>The run that a process was told to go on with. It is used once: by the first run of ours that asks for it.</summary>
internal static class ResumedRun
{
    private static readonly ConcurrentDictionary<string, string> Users = new(StringComparer.Ordinal);

    /// <summary>The id, if there is one and if it is this run's to use; the same run may ask again, after a failure for instance.</summary>
    /// <exception cref="LoggerOptionsException">It can be no run's.</exception>
    public static string? ClaimedBy(LoggerContext context, MLflowOptions options, TrackingEnvironment environment)
    {
        var id = environment.First(options.RunId, "MLFLOW_RUN_ID");
        if (!ServerId.IsOne(id))
        {
            throw new LoggerOptionsException(nameof(options.RunId), $"'{id}'", "the id of a run, 32 hexadecimal digits");
        }

        return id is not null && Users.GetOrAdd(id, context.RunId) == context.RunId ? id : null;
    }
}
