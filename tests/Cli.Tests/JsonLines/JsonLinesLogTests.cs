using System.IO.Pipelines;
using System.Text;
using PluginLoggers.Cli.JsonLines;
using PluginLoggers.Contract;

namespace PluginLoggers.Cli.Tests.JsonLines;

public sealed class JsonLinesLogTests : IDisposable
{
    private readonly RecordingLogger _run = new();
    private readonly List<(long Line, string Reason)> _bad = [];

    [Theory]
    [InlineData("""{"step":1,"loss":0.5}""", 1, "loss=0.5")]
    [InlineData("""{"loss":0.5,"step":1}""", 1, "loss=0.5")]
    [InlineData("""{"step":-3,"loss":-0.0}""", -3, "loss=-0")]
    [InlineData("""{"step":5.0,"a":1}""", 5, "a=1")]
    [InlineData("""{"step":2e3,"a":1}""", 2000, "a=1")]
    [InlineData("""{"step":9223372036854775807,"a":1}""", long.MaxValue, "a=1")]
    [InlineData("""{"step":null,"a":1}""", 0, "a=1")]
    [InlineData("""{"a":1}""", 0, "a=1")]
    [InlineData("""{"a":true,"b":false,"c":null}""", 0, "a=1 b=0")]
    [InlineData("""{"train":{"loss":1,"top":{"five":2}},"lr":3}""", 0, "train/loss=1 train/top/five=2 lr=3")]
    [InlineData("""{"a":{},"b":{"c":{}},"d":1}""", 0, "d=1")]
    [InlineData("""{"train":{"step":7},"step":1}""", 1, "train/step=7")]
    [InlineData("""{"":{"":1}}""", 0, "/=1")]
    [InlineData("""{"a":"NaN","b":"Infinity","c":"-Infinity"}""", 0, "a=NaN b=Infinity c=-Infinity")]
    [InlineData("""{"a":NaN, "NaN":Infinity,"x\"Infinity":-Infinity}""", 0, "a=NaN NaN=Infinity x\"Infinity=-Infinity")]
    [InlineData("""{"Step":4,"a":1}""", 0, "Step=4 a=1")]
    [InlineData("""{"st\u0065p":4,"verlust \u00fc":1}""", 4, "verlust ü=1")]
    [InlineData("""{"😀":1e-320}""", 0, "😀=1E-320")]
    [InlineData("""{"a/b":1,"a":{"c":2},"a ":3}""", 0, "a/b=1 a/c=2 a =3")]
    [InlineData("  { \"a\" : 1 }\t\r", 0, "a=1")]
    public async Task A_line_becomes_the_metrics_of_one_step(string line, long step, string metrics)
    {
        await LogAsync(line);

        Assert.Equal(metrics, string.Join(' ', _run.Points.Select(point => FormattableString.Invariant($"{point.Name}={point.Value}"))));
        Assert.All(_run.Points, point => Assert.Equal(step, point.Step));
        Assert.Empty(_bad);
    }

    [Theory]
    [InlineData("nonsense", "is not JSON, at byte 2: ")]
    [InlineData("""{"a":1""", "is not JSON, at byte 7: ")]
    [InlineData("""{"a":1}}""", "is not JSON, at byte 8: ")]
    [InlineData("""{"a":1}{"a":2}""", "is not JSON, at byte 8: ")]
    [InlineData("""{"a":1,}""", "is not JSON, at byte 8: ")]
    [InlineData("""{'a':1}""", "is not JSON, at byte 2: ")]
    [InlineData("""{"a":NaNs}""", "is not JSON, at byte ")]
    [InlineData("[1]", """is a list; expected an object, such as {"step":1,"loss":0.5}.""")]
    [InlineData("NaN", """is a text; expected an object, such as {"step":1,"loss":0.5}.""")]
    [InlineData("0.5", """is a number; expected an object, such as {"step":1,"loss":0.5}.""")]
    [InlineData("null", """is null; expected an object, such as {"step":1,"loss":0.5}.""")]
    [InlineData("""{"step":1.5,"a":1}""", "has the step 1.5; expected an integer of 64 bits.")]
    [InlineData("""{"step":9223372036854775808,"a":1}""", "has the step 9223372036854775808; expected an integer of 64 bits.")]
    [InlineData("""{"step":1e30,"a":1}""", "has the step 1e30; expected an integer of 64 bits.")]
    [InlineData("""{"step":"1","a":1}""", "has a text as its step; expected an integer.")]
    [InlineData("""{"step":NaN,"a":1}""", "has a text as its step; expected an integer.")]
    [InlineData("""{"step":{"a":1}}""", "has an object as its step; expected an integer.")]
    [InlineData("""{"step":1,"step":1,"a":1}""", "has two steps.")]
    [InlineData("""{"a":1,"a":2}""", "has 'a' twice.")]
    [InlineData("""{"a":{"b":1},"a/b":2}""", "has 'a/b' twice.")]
    [InlineData("""{"a":1,"b":{"c":[1,2]}}""", "has a list as 'b/c'; expected a number. Several numbers need a name each.")]
    [InlineData("""{"a":1e400}""", "has 'a' = 1e400, out of the range of a double; for an infinity write \"Infinity\".")]
    [InlineData("""{"a":-1e400}""", "has 'a' = -1e400, out of the range of a double; for an infinity write \"Infinity\".")]
    [InlineData("""{"\ud800":1}""", "has half of a surrogate pair.")]
    [InlineData("""{"a":"\udc00"}""", "has half of a surrogate pair.")]
    public async Task A_bad_line_is_named_by_number_and_reason_and_the_lines_around_it_are_kept(string line, string reason)
    {
        await LogAsync($$"""{"step":1,"loss":0.5}{{'\n'}}{{line}}{{'\n'}}{"step":3,"loss":0.25}""");

        var bad = Assert.Single(_bad);
        Assert.Equal(2, bad.Line);
        Assert.StartsWith(reason, bad.Reason, StringComparison.Ordinal);
        Assert.Equal([new("loss", 1, 0.5), new("loss", 3, 0.25)], _run.Points.Select(point => point with { Time = null }));
    }

    [Fact]
    public async Task Other_strings_become_texts_of_the_same_step()
    {
        await LogAsync("""{"step":4,"loss":1,"sample":{"output":"a \"cat\" sat"}}""");

        var text = Assert.Single(_run.Records.OfType<LoggedRecord.Text>());
        Assert.Equal(("sample/output", "a \"cat\" sat", 4), (text.Name, text.Value, text.Step));
    }

    [Fact]
    public async Task Without_a_step_metrics_and_texts_of_a_line_get_the_same_next_one()
    {
        await LogAsync("""
            {"loss":1,"sample":"a"}
            {"step":7,"loss":2}
            {"step":3,"loss":2}
            {}
            {"loss":3,"sample":"b","other":"c"}
            {"sample":"d"}
            """);

        Assert.Equal([0, 7, 3, 9], _run.Points.Select(point => point.Step));
        Assert.Equal([0, 9, 9, 10], _run.Records.OfType<LoggedRecord.Text>().Select(text => text.Step));
    }

    [Fact]
    public async Task A_run_that_is_resumed_goes_on_after_its_largest_step()
    {
        await new JsonLinesLog(_run, OnBad, largestStep: 41).RunAsync(new MemoryStream("{\"a\":1}"u8.ToArray()), CancellationToken.None);

        Assert.Equal(42, Assert.Single(_run.Points).Step);
    }

    [Fact]
    public async Task After_the_largest_integer_a_line_needs_a_step()
    {
        await LogAsync("{\"step\":9223372036854775807,\"a\":1}\n{\"a\":2}\n{\"step\":5,\"a\":3}");

        Assert.Equal((2, "has no step, and there is none after 9223372036854775807."), Assert.Single(_bad));
        Assert.Equal([1, 3], _run.Points.Select(point => point.Value));
    }

    [Fact]
    public async Task Empty_lines_are_passed_over_but_counted()
    {
        await LogAsync("\n\r\n  \t\n{\"a\":1}\r\n\nbad\n");

        Assert.Single(_run.Points);
        Assert.Equal(6, Assert.Single(_bad).Line);
    }

    [Fact]
    public async Task A_byte_order_mark_is_no_part_of_the_first_line()
    {
        await LogAsync("\uFEFF{\"a\":1}\n\uFEFF{\"a\":2}");

        Assert.Equal(1, Assert.Single(_run.Points).Value);
        Assert.Equal(2, Assert.Single(_bad).Line);
    }

    [Fact]
    public async Task What_is_not_UTF_8_is_a_bad_line()
    {
        await LogAsync([.. "{\"a\":1}\n{\""u8, 0xFF, .. "\":1}\n{\"a\":2}\n"u8]);

        Assert.Equal((2, "is not UTF-8."), Assert.Single(_bad));
        Assert.Equal(2, _run.Points.Count);
    }

    [Fact]
    public async Task UTF_16_is_told_once_and_not_line_by_line()
    {
        var thrown = await Assert.ThrowsAsync<InvalidDataException>(() =>
            LogAsync([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("{\"a\":1}\n{\"a\":1}\n")]));

        Assert.Contains("UTF-16", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sixty_four_levels_are_read_and_more_are_a_bad_line()
    {
        string Nested(int depth) => string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth);

        await LogAsync(Nested(64) + "\n" + Nested(65) + "\n" + Nested(100_000));

        Assert.Equal(string.Join('/', Enumerable.Repeat('a', 64)), Assert.Single(_run.Points).Name);
        Assert.Equal([2, 3], _bad.Select(bad => bad.Line));
    }

    [Fact]
    public async Task A_line_of_more_than_16_MiB_is_named_and_passed_over()
    {
        var longest = "{\"a\":1" + new string(' ', (16 * 1024 * 1024) - 7) + "}";

        await LogAsync($"{longest}\n {longest}\n{{\"a\":3}}\n {longest}");

        Assert.Equal([1, 3], _run.Points.Select(point => point.Value));
        Assert.Equal([(2, "is longer than 16 MiB."), (4, "is longer than 16 MiB.")], _bad);
    }

    [Fact]
    public async Task A_line_of_too_many_metrics_or_too_long_a_name_is_a_bad_line()
    {
        var metrics = string.Join(',', Enumerable.Range(0, 100_001).Select(i => $"\"m{i}\":1"));

        await LogAsync($"{{{metrics}}}\n{{\"{new string('n', 32 * 1024 + 1)}\":1}}\n{{\"m1\":1}}");

        Assert.Equal(["has more than 100000 metrics.", "has a name longer than 32768 bytes."], _bad.Select(bad => bad.Reason));
        Assert.Single(_run.Points);
    }

    [Fact]
    public async Task A_line_is_logged_as_soon_as_it_is_whole()
    {
        using var logged = new SemaphoreSlim(0);
        _run.FailLog = _ =>
        {
            logged.Release();
            return null;
        };
        var pipe = new Pipe();
        var logging = new JsonLinesLog(_run, OnBad).RunAsync(pipe.Reader.AsStream(), CancellationToken.None);

        for (var line = 0; line < 5; line++)
        {
            await pipe.Writer.WriteAsync("{\"a\":"u8.ToArray());
            Assert.Equal(0, logged.CurrentCount);
            await pipe.Writer.WriteAsync("1}\n"u8.ToArray());
            await logged.WaitAsync();
        }

        await pipe.Writer.CompleteAsync();
        await logging;
    }

    [Fact]
    public async Task Cancelling_ends_the_wait_for_a_silent_producer()
    {
        var pipe = new Pipe();
        using var cancellation = new CancellationTokenSource();
        var logging = new JsonLinesLog(_run, OnBad).RunAsync(pipe.Reader.AsStream(), cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => logging);
    }

    [Fact]
    public async Task Cancelling_ends_a_producer_that_is_never_silent()
    {
        using var cancellation = new CancellationTokenSource();
        _run.FailLog = _ =>
        {
            cancellation.Cancel();
            return null;
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            new JsonLinesLog(_run, OnBad).RunAsync(new EndlessStream(), cancellation.Token));

        Assert.NotEmpty(_run.Points);
    }

    [Fact]
    public async Task What_was_logged_is_counted()
    {
        var log = await LogAsync("{\"a\":1,\"b\":2,\"c\":\"x\"}\n\nbad\n{\"a\":1}\n{}\n");

        Assert.Equal((3, 3, 1, 1), (log.Lines, log.Metrics, log.Texts, log.BadLines));
    }

    public void Dispose() => _run.Dispose();

    private Task<JsonLinesLog> LogAsync(string input) => LogAsync(Encoding.UTF8.GetBytes(input));

    private async Task<JsonLinesLog> LogAsync(byte[] input)
    {
        var log = new JsonLinesLog(_run, OnBad);
        await log.RunAsync(new MemoryStream(input), CancellationToken.None);
        return log;
    }

    private sealed class EndlessStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var line = "{\"a\":1}\n"u8;
            line.CopyTo(buffer.Span);
            return ValueTask.FromResult(line.Length);
        }
    }

    private void OnBad(long line, string reason) => _bad.Add((line, reason));
}
