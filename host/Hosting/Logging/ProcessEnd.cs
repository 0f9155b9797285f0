using System.Runtime.InteropServices;

namespace PluginLoggers.Hosting.Logging;

/// <summary>
/// Writes the journals of open runs out when the process ends without disposing anything: on a signal .NET ends with neither <c>ProcessExit</c> nor
/// <c>Dispose</c>, and after <c>Environment.Exit</c> or an unhandled exception no other thread gets to run.
/// </summary>
internal static class ProcessEnd
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly Lock Gate = new();
    private static readonly HashSet<RunSession> Open = [];
    private static readonly List<PosixSignalRegistration> Signals = [];

    /// <summary>Whether a signal to end has come.</summary>
    public static bool WasSignalled { get; private set; }

    public static void Register(RunSession run)
    {
        lock (Gate)
        {
            if (Signals.Count == 0)
            {
                foreach (var signal in (PosixSignal[])[PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGHUP, PosixSignal.SIGQUIT])
                {
                    Signals.Add(PosixSignalRegistration.Create(signal, _ => OnSignal()));
                }

                AppDomain.CurrentDomain.ProcessExit += (_, _) => Flush();
                AppDomain.CurrentDomain.UnhandledException += (_, _) => Flush();
            }

            Open.Add(run);
        }
    }

    public static void Unregister(RunSession run)
    {
        lock (Gate)
        {
            Open.Remove(run);
        }
    }

    // Whether the process really ends is for others to say: the status is not written here.
    private static void OnSignal()
    {
        WasSignalled = true;
        Flush();
    }

    private static void Flush()
    {
        RunSession[] open;
        lock (Gate)
        {
            open = [.. Open];
        }

        try
        {
            Task.WaitAll([.. open.Select(run => run.FlushAtEndOfProcess())], Patience);
        }
        catch (AggregateException)
        {
            // The disk refuses, and the process ends: there is nothing left to try.
        }
    }
}
