namespace PluginLoggers;

/// <summary>What a run gives to a backend's logger. Outside a host, make one with the properties that matter.</summary>
public sealed class LoggerContext
{
    /// <summary>The logger's key in the configuration.</summary>
    public required string Key { get; init; }

    /// <summary>The folder for this logger's own output, an absolute path. It may not exist yet.</summary>
    public required string OutputDirectory { get; init; }

    /// <summary>The name of the experiment.</summary>
    public string RunName { get; init; } = "lightning_logs";

    /// <summary>The version of the run.</summary>
    public string RunVersion { get; init; } = "version_0";

    /// <summary>What tells this run from every other run anywhere; stays the same when it is resumed.</summary>
    public string RunId { get; init; } = Guid.NewGuid().ToString("N");

    /// <summary>The <see cref="RunId"/> of the run that this one is a part of, or null.</summary>
    public string? ParentRunId { get; init; }

    /// <summary>The folder under which runs are saved, an absolute path, or null.</summary>
    public string? SaveDir { get; init; }

    /// <summary>The run's tags, such as team or purpose.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>When the run started.</summary>
    public DateTimeOffset StartTime { get; init; } = TimeProvider.System.GetUtcNow();

    /// <summary>
    /// The <see cref="ILightningLogger.Bookmark"/> of the last save that counted; null to begin anew, replacing whatever output is there.
    /// What comes now is what followed that save.
    /// </summary>
    /// <remarks>
    /// If the output is not what this says, because it was cut short or is gone, throw <see cref="InvalidDataException"/>, when the logger
    /// is created or when it saves: the whole run is delivered anew, to a logger without a bookmark. An exception of this type that comes
    /// again before delivery is as far as it was is a failure like any other. Decoders throw it too; make that a
    /// <see cref="LoggerRejectedException"/>.
    /// </remarks>
    public string? Bookmark { get; init; }

    /// <summary>The clock of the run: while a record is delivered, the moment at which it was logged.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where <see cref="Report"/> goes. The default forgets.</summary>
    public Action<string> Reporter { private get; init; } = static _ => { };

    /// <summary>Tells the user something that is no failure, such as a name that had to be changed. The same text is told once.</summary>
    /// <param name="message">What was found and what was done about it, in a sentence, without secrets.</param>
    public void Report(string message) => Reporter(message);
}
