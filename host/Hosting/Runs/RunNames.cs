namespace PluginLoggers.Hosting.Runs;

/// <summary>What a run can be called: a name becomes folders below the save directory, a version the run's own folder.</summary>
internal static class RunNames
{
    /// <summary>How many folders a name can make.</summary>
    public const int MaxSegments = 16;

    /// <summary>Refuses a name that cannot be a path below the save directory. A <c>/</c> makes folders.</summary>
    /// <exception cref="ArgumentException">The name, what is wrong with it, and the cure.</exception>
    public static void ValidateName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.StartsWith('/'))
        {
            throw new ArgumentException(
                $"The run name {PathSegment.Printable(name)} starts at the root. Set SaveDir to choose the place, and a name below it.");
        }

        var segments = name.Split('/');
        if (segments.Length > MaxSegments)
        {
            throw new ArgumentException(
                $"The run name {PathSegment.Printable(name)} makes {segments.Length} folders, and {MaxSegments} is the most. "
                    + "Use fewer '/'.");
        }

        foreach (var segment in segments)
        {
            PathSegment.Validate(segment, segments.Length == 1 ? "run name" : "part of the run name", name);
        }
    }

    /// <summary>Refuses a version that cannot be a folder's name.</summary>
    /// <exception cref="ArgumentException">The version, what is wrong with it, and the cure.</exception>
    public static void ValidateVersion(string version)
    {
        ArgumentNullException.ThrowIfNull(version);
        PathSegment.Validate(version, "run version");
    }

    /// <summary>Refuses a key that cannot be a folder's name.</summary>
    /// <exception cref="ArgumentException">The key, what is wrong with it, and the cure.</exception>
    public static void ValidateLoggerKey(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        PathSegment.Validate(key, "logger key");
    }
}
