using System.Runtime.CompilerServices;

namespace PluginLoggers.TensorBoard;

/// <summary>
/// Scalars that wait for a save: 8 bytes each and 24 a call. As events they take some 50, and memory of that size, written once and read
/// once, was what delivery at full speed waited for most. Not thread-safe.
/// </summary>
internal sealed class PendingScalars
{
    private const int BlockCapacity = 16 * 1024;
    private const int KeptBlocks = 8;

    private readonly List<PendingBlock> _blocks = [new PendingBlock(BlockCapacity)];
    private int _last;

    /// <summary>The blocks that are in use.</summary>
    public IEnumerable<PendingBlock> Blocks => _blocks.Take(_last + 1);

    public bool IsEmpty => _last == 0 && _blocks[0].Calls.IsEmpty;

    /// <summary>The memory of what waits.</summary>
    public long Bytes => Blocks.Sum(block =>
        ((long)block.Scalars.Length * Unsafe.SizeOf<PendingScalar>()) + ((long)block.Calls.Length * Unsafe.SizeOf<PendingCall>()));

    /// <summary>
    /// The place for the scalars of a call. Fill all of it, then <see cref="Commit"/>; a second call without takes the first one back.
    /// </summary>
    public Span<PendingScalar> Reserve(int count)
    {
        if (!_blocks[_last].HasRoomFor(count))
        {
            Advance(count);
        }

        return _blocks[_last].Reserve(count);
    }

    /// <summary>Makes the reserved scalars a call.</summary>
    public void Commit(int count, double wallTime, long step, int recordBytes) => _blocks[_last].Commit(count, wallTime, step, recordBytes);

    /// <summary>
    /// Forgets what is saved, and keeps memory for as much again: saves of a delivery at full speed need the same each time.
    /// </summary>
    public void Clear()
    {
        var kept = Math.Max(KeptBlocks, 2 * (_last + 1));
        if (_blocks.Count > kept)
        {
            _blocks.RemoveRange(kept, _blocks.Count - kept);
        }

        _blocks.RemoveAll(block => block.Capacity > BlockCapacity);
        _blocks.ForEach(block => block.Clear());
        if (_blocks.Count == 0)
        {
            _blocks.Add(new PendingBlock(BlockCapacity));
        }

        _last = 0;
    }

    private void Advance(int count)
    {
        _last++;
        if (count > BlockCapacity || _last == _blocks.Count)
        {
            _blocks.Insert(_last, new PendingBlock(Math.Max(BlockCapacity, count)));
        }
    }
}
