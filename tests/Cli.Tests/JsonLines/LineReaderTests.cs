using System.Text;
using PluginLoggers.Cli.JsonLines;

namespace PluginLoggers.Cli.Tests.JsonLines;

public sealed class LineReaderTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("a", "1:a")]
    [InlineData("a\n", "1:a")]
    [InlineData("\n", "1:")]
    [InlineData("a\n\nb", "1:a 2: 3:b")]
    [InlineData("123456789\n12345678\n", "1:... 2:12345678")]
    [InlineData("12345678", "1:12345678")]
    [InlineData("123456789", "1:...")]
    public async Task A_line_ends_at_a_line_feed_or_at_the_end(string input, string lines) =>
        Assert.Equal(lines, string.Join(' ', await ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(input)), maxLineBytes: 8)));

    [Fact]
    public async Task The_lines_do_not_depend_on_how_the_bytes_come()
    {
        var random = new Random(7);
        for (var round = 0; round < 50; round++)
        {
            var max = random.Next(1, 100_000);
            var lines = Enumerable.Range(0, random.Next(30))
                .Select(_ => new string('x', random.Next(random.Next(2) == 0 ? 10 : 200_000)))
                .ToArray();
            var input = string.Concat(lines.Select(line => line + "\n"));

            var read = await ReadAsync(new ChoppedStream(Encoding.UTF8.GetBytes(input), random), max);

            Assert.Equal(lines.Select((line, index) => $"{index + 1}:{(line.Length > max ? "..." : line)}"), read);
        }
    }

    private static async Task<List<string>> ReadAsync(Stream input, int maxLineBytes)
    {
        var reader = new LineReader(input, maxLineBytes);
        var lines = new List<string>();
        while (await reader.ReadAsync(CancellationToken.None))
        {
            lines.Add($"{reader.Number}:{(reader.IsTooLong ? "..." : Encoding.UTF8.GetString(reader.Line.Span))}");
        }

        return lines;
    }

    private sealed class ChoppedStream(byte[] bytes, Random random) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, random.Next(1, 50_000))], cancellationToken);
    }
}
