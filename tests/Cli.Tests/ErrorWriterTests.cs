namespace PluginLoggers.Cli.Tests;

public sealed class ErrorWriterTests
{
    [Fact]
    public async Task A_standard_error_that_fails_disturbs_nobody()
    {
        using var disk = new FullDisk();
        using var inner = new StreamWriter(disk) { AutoFlush = true };
        using var writer = new ErrorWriter(inner);

        writer.Write('a');
        writer.Write("text");
        writer.Write("text".ToCharArray(), 1, 2);
        writer.WriteLine("line");
        await writer.WriteLineAsync("line");
        writer.Flush();

        Assert.InRange(disk.Attempts, 5, int.MaxValue);
        disk.IsFull = false;
    }

    [Fact]
    public void What_can_be_told_is_told_as_it_is()
    {
        using var inner = new StringWriter();
        using var writer = new ErrorWriter(inner);

        writer.Write('a');
        writer.Write("bc");
        writer.Write("xdx".ToCharArray(), 1, 1);
        writer.WriteLine("e");

        Assert.Equal("abcde" + Environment.NewLine, inner.ToString());
        Assert.Equal(inner.Encoding, writer.Encoding);
    }

    private sealed class FullDisk : MemoryStream
    {
        public bool IsFull { get; set; } = true;

        public int Attempts { get; private set; }

        public override void Write(byte[] buffer, int offset, int count) => Refuse();

        public override void Write(ReadOnlySpan<byte> buffer) => Refuse();

        private void Refuse()
        {
            Attempts++;
            if (IsFull)
            {
                throw new IOException("No space left on device");
            }
        }
    }
}
