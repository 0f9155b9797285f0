namespace PluginLoggers.Hosting.Runs;

/// <summary>Where an imported run comes from, so that it goes on with that and with nothing else.</summary>
internal sealed record ImportedFrom
{
    /// <summary>The alias of the plug-in that read it.</summary>
    public required string Format { get; init; }

    /// <summary>The run's folder, or its file, an absolute path without links.</summary>
    public required string Path { get; init; }

    /// <summary>How many calls each journal holds, from the first on; for when they are deleted.</summary>
    public IReadOnlyList<long> Calls
    {
        get;
        init => field = value ?? field;
    } = [];
}
