using System.Buffers.Binary;
using System.Numerics;

namespace PluginLoggers.Hosting.Journal;

/// <summary>
/// The format of a journal file, version 1. Numbers are little endian; a varint is LEB128, a signed one zigzag before that.
/// </summary>
/// <remarks>
/// <code>
/// file    = header block*
/// header  = "PLJOURN\n"  version:u32  marker:8 bytes, random  crc:u32 over all before it
/// block   = marker:8 bytes  length:u32  crc:u32  payload:length bytes
/// payload = record*
/// record  = kind:u8, +128 without a step  target:varint  time:zigzag  step:zigzag  body
/// name    = kind:u8 = 1  id:varint  length:varint  utf8
/// metrics = count:varint (name id:varint  value:f64)*                       the body of kinds 2 and 13
/// other   = length:varint  bytes                                            the body of all others, see Records/
/// </code>
/// <para>A block's CRC-32C covers its offset in the file (u64), its length, and its payload: a block copied elsewhere is no block. The
/// marker differs from file to file, so that a journal inside a payload is not taken for this one when the next block is looked for after
/// damage.</para>
/// <para>Target is 0 for every backend, else one more than the id of the name that is a logger's key. Time is in ticks of 100 ns since the
/// year 1, UTC. A record without a step has one to be shown at, which is none of the run's. Time and step are differences to the record
/// before in the same block, to 0 in the first.</para>
/// <para>An id has one name in its file. It is defined before its first use, and, after every 4 MiB of bodies, before its next one: so
/// damage costs the names of what it hit only, and who begins in the middle finds most names shortly before that. How far before is not
/// bounded, since definitions and headers do not count, and the body of the last record before may be large: who lacks a name looks further
/// back.</para>
/// <para>The bytes of a block are written once. A file that does not end with a whole block was cut off by a crash; it is not
/// appended to again.</para>
/// </remarks>
internal static class JournalFormat
{
    public const uint Version = 1;

    /// <summary>Added to the kind of a record whose step is none of the run's.</summary>
    public const byte WithoutStep = 0x80;

    public const int MarkerOffset = 8 + 4;
    public const int MarkerLength = 8;
    public const int HeaderLength = MarkerOffset + MarkerLength + 4;

    /// <summary>The most bytes of a record before its body: kind, target, time and step.</summary>
    public const int RecordHeaderBound = 1 + 5 + 10 + 10;

    /// <summary>The most bytes of a count.</summary>
    public const int CountBound = 5;

    /// <summary>The most bytes that one metric takes: the number of its name, and its value.</summary>
    public const int MetricBound = 5 + sizeof(double);

    public const int BlockHeaderLength = MarkerLength + 4 + 4;

    /// <summary>The largest payload: a record of the largest size with its header and the definitions of the names in it.</summary>
    public const int MaxPayload = RecordLimits.MaxRecordBytes + (4 * 1024 * 1024);

    private static ReadOnlySpan<byte> Magic => "PLJOURN\n"u8;

    /// <summary>A marker that no other file has.</summary>
    /// <remarks>
    /// Of the system's randomness, like every GUID; asking System.Security.Cryptography for it would load OpenSSL, which takes 4 ms of a
    /// start.
    /// </remarks>
    public static byte[] NewMarker() => Guid.NewGuid().ToByteArray()[^MarkerLength..];

    /// <summary>Makes the header of a new file.</summary>
    public static byte[] NewHeader(ReadOnlySpan<byte> marker)
    {
        var header = new byte[HeaderLength];
        Magic.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(8), Version);
        marker.CopyTo(header.AsSpan(MarkerOffset));
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(20), ~Crc(uint.MaxValue, header.AsSpan(0, 20)));
        return header;
    }

    /// <summary>Whether a header of full length is as it was written.</summary>
    /// <exception cref="NotSupportedException">The file is of another version.</exception>
    public static bool IsWhole(ReadOnlySpan<byte> header, string path)
    {
        if (!header.StartsWith(Magic) || BinaryPrimitives.ReadUInt32LittleEndian(header[20..]) != ~Crc(uint.MaxValue, header[..20]))
        {
            return false;
        }

        var version = BinaryPrimitives.ReadUInt32LittleEndian(header[8..]);
        return version == Version
            ? true
            : throw new NotSupportedException(
                $"{path} is a journal of version {version}; this program reads version {Version}. Use the newer program that wrote it.");
    }

    /// <summary>Fills the header of a block whose payload stands behind it already.</summary>
    public static void WriteBlockHeader(Span<byte> block, ReadOnlySpan<byte> marker, long offset)
    {
        marker.CopyTo(block);
        BinaryPrimitives.WriteInt32LittleEndian(block[MarkerLength..], block.Length - BlockHeaderLength);
        BinaryPrimitives.WriteUInt32LittleEndian(block[(MarkerLength + 4)..], BlockCrc(block[BlockHeaderLength..], offset));
    }

    public static uint BlockCrc(ReadOnlySpan<byte> payload, long offset)
    {
        var crc = BitOperations.Crc32C(uint.MaxValue, (ulong)offset);
        crc = BitOperations.Crc32C(crc, (uint)payload.Length);
        return ~Crc(crc, payload);
    }

    private static uint Crc(uint crc, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (var value in bytes)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return crc;
    }
}
