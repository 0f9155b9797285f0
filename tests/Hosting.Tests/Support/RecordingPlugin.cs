using System.Collections.Concurrent;
using PluginLoggers.Contract;

namespace PluginLoggers.Hosting.Tests;

/// <summary>Makes recording loggers, and keeps all that it made.</summary>
[LoggerPlugin("Recording")]
internal sealed class RecordingPlugin : ILoggerPlugin<RecordingPlugin.NoOptions>
{
    private readonly ConcurrentQueue<(LoggerContext Context, RecordingLogger Logger)> _made = new();

    /// <summary>Called with each new logger, before the host has it; may throw.</summary>
    public Action<LoggerContext, RecordingLogger> Created { get; set; } = static (_, _) => { };

    public ILightningLogger Create(NoOptions options, LoggerContext context)
    {
        var logger = new RecordingLogger(context);
        Created(context, logger);
        _made.Enqueue((context, logger));
        return logger;
    }

    public IReadOnlyList<RecordingLogger> Of(string key) => [.. _made.Where(made => made.Context.Key == key).Select(made => made.Logger)];

    public LoggerContext ContextOf(string key) => _made.Last(made => made.Context.Key == key).Context;

    /// <summary>What a backend has in the end: what was saved since it last began anew.</summary>
    public IReadOnlyList<LoggedRecord> Saved(string key)
    {
        var saved = new List<LoggedRecord>();
        foreach (var (context, logger) in _made.Where(made => made.Context.Key == key))
        {
            if (context.Bookmark is null)
            {
                saved.Clear();
            }

            saved.AddRange(logger.SavedRecords);
        }

        return saved;
    }

    /// <summary>The names of the saved metrics, in order.</summary>
    public string[] Names(string key) =>
        [.. Saved(key).OfType<LoggedRecord.Metrics>().SelectMany(record => record.Values).Select(metric => metric.Name)];

    /// <summary>The steps of the saved calls, in order.</summary>
    public long[] Steps(string key) => [.. Saved(key).OfType<LoggedRecord.Metrics>().Select(record => record.Step)];

    /// <summary>The statuses that were delivered, in order.</summary>
    public RunStatus[] Statuses(string key) => [.. Of(key).SelectMany(logger => logger.Statuses)];

    internal sealed class NoOptions;
}
