using System.Collections.Concurrent;

namespace PluginLoggers.Hosting.Tests;

/// <summary>
/// A disk that refuses one call on some files of a folder, or does not come back from it, until this is disposed. Several may do so at
/// once; debug builds only.
/// </summary>
internal sealed class RefusingDisk : IDisposable
{
    public const string Full = "No space left on device";

    private static readonly ConcurrentDictionary<RefusingDisk, bool> All = new();

    private readonly string _folder;
    private readonly string _call;
    private readonly string _file;
    private readonly ManualResetEventSlim? _comesBack;

    /// <param name="folder">Only what is below this folder is refused.</param>
    /// <param name="call">The call, as <c>DurableStep</c> names it.</param>
    /// <param name="file">How the names of the files begin; with a dot at its start, how they end.</param>
    /// <param name="hangs">Whether the call hangs, and is not refused.</param>
    public RefusingDisk(string folder, string call, string file, bool hangs = false)
    {
        (_folder, _call, _file, _comesBack) = (folder, call, file, hangs ? new ManualResetEventSlim() : null);
        All.TryAdd(this, true);
        AppContext.SetData("PluginLoggers.DurableStep", (Action<string, string>)Before);
    }

    /// <summary>Set when a call was refused, or hangs.</summary>
    public ManualResetEventSlim Reached { get; } = new();

    public void Dispose()
    {
        All.TryRemove(this, out _);
        _comesBack?.Set();
    }

    private static void Before(string call, string path)
    {
        foreach (var disk in All.Keys.Where(disk => disk.Concerns(call, path)))
        {
            disk.Reached.Set();
            if (disk._comesBack is null)
            {
                throw new IOException($"{Full} : '{path}'", OperatingSystem.IsWindows() ? 112 : 28);
            }

            disk._comesBack.Wait();
        }
    }

    private bool Concerns(string call, string path)
    {
        var name = Path.GetFileName(path);
        return call == _call
            && path.StartsWith(_folder, StringComparison.Ordinal)
            && (_file[0] == '.' ? name.EndsWith(_file, StringComparison.Ordinal) : name.StartsWith(_file, StringComparison.Ordinal));
    }
}
