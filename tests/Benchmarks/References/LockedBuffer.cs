using System.Buffers.Binary;

namespace PluginLoggers.Benchmarks.References;

/// <summary>
/// What a safe logger cannot do without: it reads the clock, and copies the bytes of a call into a buffer that threads share.
/// </summary>
internal sealed class LockedBuffer(int recordLength)
{
    private readonly Lock _gate = new();
    private readonly byte[] _bytes = new byte[256 * 1024];
    private readonly byte[] _record = new byte[recordLength];
    private int _length;

    public void Append()
    {
        lock (_gate)
        {
            if (_bytes.Length - _length < _record.Length + sizeof(long))
            {
                _length = 0;
            }

            BinaryPrimitives.WriteInt64LittleEndian(_bytes.AsSpan(_length), TimeProvider.System.GetUtcNow().UtcTicks);
            _record.CopyTo(_bytes.AsSpan(_length));
            _length += _record.Length;
        }
    }
}
