using System.Diagnostics;

namespace PluginLoggers.LoggingProgram;

/// <summary>
/// What this process does at the places between the system calls of a debug build: it counts them, ends itself, or keeps what a crash
/// would leave.
/// </summary>
internal sealed class Steps
{
    private readonly Lock _gate = new();
    private readonly Action<int, string> _before;

    private Steps(Action<int, string> before) => _before = before;

    /// <summary>How many calls there were.</summary>
    public int Count { get; private set; }

    /// <summary>What the trainer knows to be safe.</summary>
    public int Safe { get; set; }

    /// <summary>Only counts.</summary>
    public static Steps Counted() => Watch(static (_, _) => { });

    /// <summary>Ends this process before its n-th call, as nothing that it could do itself would.</summary>
    public static Steps KilledBefore(int n) => Watch((number, _) =>
    {
        if (number == n)
        {
            using var self = Process.GetCurrentProcess();
            self.Kill();
            Thread.Sleep(Timeout.Infinite);
        }
    });

    /// <summary>
    /// Copies a run's folder before each call that may find it changed. The copies are named after the calls, and what was safe by
    /// then.
    /// </summary>
    /// <remarks>
    /// A kill leaves to the next process what the files hold at this moment: it takes the memory of a process, not the system's.
    /// </remarks>
    public static Steps Copied(string run, string copies)
    {
        Steps? steps = null;
        return steps = Watch((number, call) =>
        {
            // Before a sync the files hold what they hold before the call after it.
            if (call != "sync")
            {
                // Under its name when it is whole: a thread that was left behind may be in here when the process ends.
                var part = Path.Combine(copies, "part");
                Copy(run, part);
                Directory.Move(part, Path.Combine(copies, FormattableString.Invariant($"{number:D4}-{steps!.Safe}")));
            }
        });
    }

    private static Steps Watch(Action<int, string> before)
    {
        var steps = new Steps(before);
        AppContext.SetData("PluginLoggers.DurableStep", (Action<string, string>)steps.Before);
        return steps;
    }

    private static void Copy(string from, string to)
    {
        // Other threads may be in the call that they were let into; soon all of them wait for this one.
        while (!TryCopy(from, to))
        {
            Directory.Delete(to, recursive: true);
        }
    }

    private static bool TryCopy(string from, string to)
    {
        Directory.CreateDirectory(to);
        var before = Files(from);
        try
        {
            foreach (var (file, _, _) in before)
            {
                var target = Path.Combine(to, Path.GetRelativePath(from, file));
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(file, target);
            }
        }
        catch (FileNotFoundException)
        {
            return false;
        }

        return Files(from).SequenceEqual(before);
    }

    private static List<(string Path, long Length, DateTime Written)> Files(string folder) => Directory.Exists(folder)
        ? [.. new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Select(
            file => (file.FullName, file.Length, file.LastWriteTimeUtc))]
        : [];

    // One call at a time: what is copied is what there was at one moment.
    private void Before(string call, string path)
    {
        lock (_gate)
        {
            _before(++Count, call);
        }
    }
}
