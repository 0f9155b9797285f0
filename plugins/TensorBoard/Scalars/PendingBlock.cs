namespace PluginLoggers.TensorBoard;

/// <summary>Some of the scalars that wait for a save, in memory of a fixed size: what grows is copied again and again.</summary>
/// <param name="capacity">How many scalars it holds.</param>
internal sealed class PendingBlock(int capacity)
{
    private const int MostCalls = 4 * 1024;

    private readonly PendingScalar[] _scalars = new PendingScalar[capacity];
    private readonly PendingCall[] _calls = new PendingCall[MostCalls];
    private int _scalarCount;
    private int _callCount;

    public int Capacity => _scalars.Length;

    public ReadOnlySpan<PendingCall> Calls => _calls.AsSpan(0, _callCount);

    public ReadOnlySpan<PendingScalar> Scalars => _scalars.AsSpan(0, _scalarCount);

    public bool HasRoomFor(int scalars) => _scalars.Length - _scalarCount >= scalars && _callCount < MostCalls;

    /// <summary>The place for the scalars of a call.</summary>
    public Span<PendingScalar> Reserve(int scalars) => _scalars.AsSpan(_scalarCount, scalars);

    /// <summary>Makes the reserved scalars a call.</summary>
    public void Commit(int scalars, double wallTime, long step, int recordBytes)
    {
        _scalarCount += scalars;
        _calls[_callCount++] = new PendingCall(wallTime, step, _scalarCount, recordBytes);
    }

    public void Clear() => (_scalarCount, _callCount) = (0, 0);
}
