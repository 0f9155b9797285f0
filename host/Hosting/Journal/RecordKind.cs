namespace PluginLoggers.Hosting.Journal;

/// <summary>What a record of the journal is. The numbers stand in files and never change; see <see cref="JournalFormat"/>.</summary>
internal enum RecordKind : byte
{
    Name = 1,
    Metrics = 2,
    Hyperparameters = 3,
    Text = 4,
    Image = 5,
    Histogram = 6,
    Audio = 7,
    Graph = 8,
    Custom = 9,
    Artifact = 10,
    Checkpoint = 11,
    Status = 12,

    /// <summary>Metrics whose step is the number of the sample, and none of the run's.</summary>
    Sample = 13,
}
