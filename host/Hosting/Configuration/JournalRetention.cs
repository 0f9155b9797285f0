namespace PluginLoggers.Hosting.Configuration;

/// <summary>What becomes of a run's journal.</summary>
public enum JournalRetention
{
    /// <summary>It stays, so that the run can be replayed, and a backend can join it later.</summary>
    Keep,

    /// <summary>It is removed once every backend has all of it.</summary>
    Delete,
}
