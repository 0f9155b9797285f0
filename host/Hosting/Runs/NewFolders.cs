using PluginLoggers.Storage;

namespace PluginLoggers.Hosting.Runs;

/// <summary>The folders that are made for a run, so that one that cannot be opened leaves none behind.</summary>
internal sealed class NewFolders
{
    private readonly Stack<string> _made = new();
    private RunFolder? _folder;

    /// <summary>Makes a folder, and those that lead to it.</summary>
    public void Make(string directory)
    {
        var missing = new Stack<string>();
        for (var path = directory; path is not null && !Directory.Exists(path); path = Path.GetDirectoryName(path))
        {
            missing.Push(path);
        }

        foreach (var path in missing)
        {
            Directory.CreateDirectory(path);
            _made.Push(path);
        }
    }

    /// <summary>Makes what the host's own files of a run stand in. The names of a new run are durable before anything in it is.</summary>
    public void Make(RunFolder folder)
    {
        if (Directory.Exists(folder.StateDirectory))
        {
            return;
        }

        DurableStep.Before("create", folder.StateDirectory);
        _folder = folder;
        Make(folder.StateDirectory);
        var top = Path.GetDirectoryName(folder.SaveDir) ?? folder.SaveDir;
        for (var directory = folder.Directory; directory?.Length >= top.Length; directory = Path.GetDirectoryName(directory))
        {
            DurableDirectory.Sync(directory);
        }
    }

    /// <summary>Removes what was made. What somebody else has put there meanwhile stays, a run with a record above all; never throws.</summary>
    public void Remove()
    {
        try
        {
            if (_folder is not null && _made.Contains(_folder.StateDirectory) && !IsInUse(_folder))
            {
                // What a lock needs stands here when the disk refused the rest.
                string[] begun = [_folder.LockFile, _folder.LockOwnerFile + ".tmp", _folder.RecordFile + ".tmp"];
                Array.ForEach(begun, File.Delete);
            }

            while (_made.TryPop(out var directory))
            {
                Directory.Delete(directory);
            }
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            // It is not empty, or the disk refuses that too.
        }
    }

    // Somebody may have named this version meanwhile; this process has given back its own lock.
    private static bool IsInUse(RunFolder folder) => File.Exists(folder.RecordFile) || File.Exists(folder.LockOwnerFile);
}
