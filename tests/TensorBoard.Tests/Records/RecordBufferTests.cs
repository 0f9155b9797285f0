using System.Text;

namespace PluginLoggers.TensorBoard.Tests;

public sealed class RecordBufferTests
{
    [Fact]
    public void The_checksum_of_the_digits_is_that_of_the_specification()
    {
        Assert.Equal(0xE3069283u, MaskedCrc32C.Unmasked("123456789"u8));
        Assert.Equal(0xE3069283u, TableCrc32C.Compute("123456789"u8));
    }

    [Fact]
    public void Checksums_of_every_length_are_those_of_a_table()
    {
        var bytes = new byte[100];
        new Random(1).NextBytes(bytes);
        for (var length = 0; length <= bytes.Length; length++)
        {
            Assert.Equal(TableCrc32C.Masked(bytes.AsSpan(0, length)), MaskedCrc32C.Compute(bytes.AsSpan(0, length)));
        }
    }

    [Fact]
    public void A_record_is_framed_as_torch_frames_it()
    {
        var payload = Convert.FromHexString("0900000059fc54d9412a130a110a0a747261696e2f6c6f7373150000803f");
        var buffer = new RecordBuffer();
        Append(buffer, payload);

        Assert.Equal("1E00000000000000" + "D9DC1232" + Convert.ToHexString(payload) + "6B5ABC57", Convert.ToHexString(buffer.Bytes.Span));
    }

    [Fact]
    public void Records_follow_each_other_without_a_gap_however_the_memory_grows()
    {
        var buffer = new RecordBuffer();
        byte[][] payloads = [[], Encoding.UTF8.GetBytes("a"), new byte[20_000], new byte[100_000], [1, 2, 3]];
        foreach (var payload in payloads)
        {
            Append(buffer, payload);
        }

        var at = 0;
        foreach (var payload in payloads)
        {
            var record = buffer.Bytes.Span.Slice(at, payload.Length + 16);
            Assert.Equal((ulong)payload.Length, BitConverter.ToUInt64(record));
            Assert.Equal(TableCrc32C.Masked(record[..8]), BitConverter.ToUInt32(record[8..]));
            Assert.Equal(payload, record[12..^4].ToArray());
            Assert.Equal(TableCrc32C.Masked(payload), BitConverter.ToUInt32(record[^4..]));
            at += record.Length;
        }

        Assert.Equal(at, buffer.Bytes.Length);
    }

    [Fact]
    public void A_payload_that_was_reserved_but_not_committed_leaves_nothing()
    {
        var buffer = new RecordBuffer();
        buffer.Reserve(10).Fill(7);
        Append(buffer, [1]);

        Assert.Equal(17, buffer.Bytes.Length);
        Assert.Equal(1, buffer.Bytes.Span[12]);
    }

    [Fact]
    public void Memory_that_a_large_record_took_is_given_back_by_the_next_save_that_needs_little()
    {
        var buffer = new RecordBuffer();
        Append(buffer, new byte[10_000_000]);
        buffer.Clear();
        Append(buffer, [1]);

        buffer.Clear();

        Assert.Equal(0, buffer.Bytes.Length);
        Assert.InRange(buffer.Capacity, 1, 1024 * 1024);
    }

    [Fact]
    public void Memory_that_every_save_needs_is_kept()
    {
        var buffer = new RecordBuffer();
        Append(buffer, new byte[10_000_000]);
        buffer.Clear();
        var capacity = buffer.Capacity;
        Append(buffer, new byte[9_000_000]);

        buffer.Clear();

        Assert.True(capacity > 10_000_000);
        Assert.Equal(capacity, buffer.Capacity);
    }

    private static void Append(RecordBuffer buffer, ReadOnlySpan<byte> payload)
    {
        payload.CopyTo(buffer.Reserve(payload.Length));
        buffer.Commit(payload.Length);
    }
}
