namespace PluginLoggers.Hosting.Runs;

/// <summary>
/// Where a run is kept: <c>&lt;SaveDir&gt;/&lt;Name&gt;/&lt;Version&gt;/</c>, and what stands where in it. Touches no file.
/// </summary>
internal sealed class RunFolder
{
    /// <summary>The name of the folder, within that of the run, that holds the host's own files.</summary>
    public const string StateFolder = ".pluginloggers";

    /// <summary>Names the folder of a run.</summary>
    /// <param name="saveDir">The folder of all runs; relative to the working directory.</param>
    /// <param name="name">The name of the experiment; <c>/</c> makes folders.</param>
    /// <param name="version">The version.</param>
    /// <exception cref="ArgumentException">A name that cannot be one, with the cure.</exception>
    public RunFolder(string saveDir, string name, string version)
    {
        if (string.IsNullOrWhiteSpace(saveDir))
        {
            throw new ArgumentException("The save directory (SaveDir) is empty. Name a folder, or \".\" for the working directory.");
        }

        RunNames.ValidateName(name);
        RunNames.ValidateVersion(version);
        (SaveDir, Name, Version) = (Path.TrimEndingDirectorySeparator(Path.GetFullPath(saveDir)), name, version);
        Directory = Path.Combine([SaveDir, .. name.Split('/'), version]);
    }

    /// <summary>The folder of all runs, an absolute path.</summary>
    public string SaveDir { get; }

    /// <summary>The name of the experiment.</summary>
    public string Name { get; }

    /// <summary>The version of the run.</summary>
    public string Version { get; }

    /// <summary>What a person calls the run: <c>name/version</c>.</summary>
    public string Title => $"{Name}/{Version}";

    /// <summary>The run's own folder, an absolute path.</summary>
    public string Directory { get; }

    /// <summary>Where the host keeps journal, cursors and the rest, an absolute path.</summary>
    public string StateDirectory => Path.Combine(Directory, StateFolder);

    /// <summary>The run's record, see <see cref="RunRecord"/>.</summary>
    public string RecordFile => Path.Combine(StateDirectory, "run.json");

    /// <summary>Says that records of the run are lost. There is nothing in it: even a full disk has room for that.</summary>
    public string IncompleteFile => Path.Combine(StateDirectory, "incomplete");

    /// <summary>The file that the process holds which writes the run.</summary>
    public string LockFile => Path.Combine(StateDirectory, "lock");

    /// <summary>Who holds <see cref="LockFile"/>, for others to read.</summary>
    public string LockOwnerFile => Path.Combine(StateDirectory, "lock-owner.json");

    /// <summary>
    /// Says that a process that wants to log waits for one that synchronizes. What was there before the lock was taken says nothing.
    /// </summary>
    public string LockWantedFile => Path.Combine(StateDirectory, "lock-wanted");

    /// <summary>
    /// Where a logger writes: one whose key is its type, in any case, to the run's folder itself, as Lightning does; any other to one of
    /// its own.
    /// </summary>
    /// <exception cref="ArgumentException">The key cannot be a folder's name.</exception>
    public string LoggerDirectory(string key, string type)
    {
        RunNames.ValidateLoggerKey(key);
        return key.Equals(type, StringComparison.OrdinalIgnoreCase) ? Directory : Path.Combine(Directory, key);
    }
}
