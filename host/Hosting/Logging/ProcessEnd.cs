using System.Runtime.InteropServices;

namespace PluginLoggers.Hosting.Logging;

/// <summary>
/// Writes the journals of open runs out when the process ends without disposing anything: on a signal .NET ends with neither
/// <c>ProcessExit</c> nor <c>Dispose</c>, and after <c>Environment.Exit</c> or an unhandled exception no other thread gets to run.
/// </summary>
/// <remarks>
/// After an unhandled exception the run has failed, and whoever exits without a word about it has killed it. What a signal leads to is not
/// known here: the run stays running, and whoever finds it with its process gone ends it as killed.
/// </remarks>
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

                AppDomain.CurrentDomain.ProcessExit += (_, _) => End(RunStatus.Killed);
                AppDomain.CurrentDomain.UnhandledException += (_, unhandled) => End(unhandled.IsTerminating ? RunStatus.Failed : null);
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
        End(status: null);
    }

    private static void End(RunStatus? status)
    {
        RunSession[] open;
        lock (Gate)
        {
            open = [.. Open];
        }

        try
        {
            // Not on this thread, which may hold what another needs, nor on the pool's, which may all be busy.
            Task.WaitAll(
                [.. open.Select(run => Task.Factory.StartNew(
                    () => run.EndWithProcess(status), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))],
                Patience);
        }
        catch (AggregateException)
        {
            // The disk refuses, and the process ends: there is nothing left to try.
        }
    }
}
