using PluginLoggers.Hosting.Runs;

namespace PluginLoggers.Hosting;

/// <summary>A run that can be imported.</summary>
public sealed record FoundRun
{
    internal FoundRun(SourceRun source) => Source = source;

    /// <summary>The name that it gets here.</summary>
    public required string Name { get; init; }

    /// <summary>The version that it gets here.</summary>
    public required string Version { get; init; }

    /// <summary>Where it is, an absolute path: its folder, or the file that was named.</summary>
    public required string Path { get; init; }

    /// <summary>The alias of the plug-in that reads it.</summary>
    public required string Format { get; init; }

    /// <summary>How many bytes there are to read, about.</summary>
    public long Bytes => Source.Bytes;

    internal SourceRun Source { get; }

    internal ImportedFrom Identity => new() { Format = Format, Path = RealPath.Of(Path) };
}
