using System.Runtime.InteropServices;

namespace PluginLoggers.Cli;

/// <summary>
/// Ctrl-C, SIGTERM and SIGHUP ask the command to come to an end: the run is closed as killed and delivered within its time. A second
/// one does what it always did, and ends the process at once.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private const int SignalBase = 128;
    private const int Hangup = 1;
    private const int Interrupt = 2;
    private const int Terminate = 15;

    private readonly CancellationTokenSource _source = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private int _signal = Interrupt;

    /// <summary>Cancelled at the first signal.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>128 and the number of the signal: 130 after Ctrl-C, 143 after SIGTERM, 129 after SIGHUP.</summary>
    public int ExitCode => SignalBase + _signal;

    /// <summary>Listens to the signals that this process receives.</summary>
    public static Interruption OfThisProcess()
    {
        var interruption = new Interruption();
        interruption.Listen(PosixSignal.SIGINT, Interrupt);
        interruption.Listen(PosixSignal.SIGTERM, Terminate);
        interruption.Listen(PosixSignal.SIGHUP, Hangup);
        return interruption;
    }

    /// <summary>What Ctrl-C does.</summary>
    public void Raise() => _source.Cancel();

    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _source.Dispose();
    }

    private void Listen(PosixSignal signal, int number) => _registrations.Add(PosixSignalRegistration.Create(signal, context =>
    {
        if (!_source.IsCancellationRequested)
        {
            context.Cancel = true;
            _signal = number;
            _source.Cancel();
        }
    }));
}
