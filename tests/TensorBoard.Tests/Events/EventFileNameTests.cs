namespace PluginLoggers.TensorBoard.Tests;

public sealed class EventFileNameTests
{
    private static readonly DateTimeOffset Start = new(2023, 11, 14, 22, 13, 20, TimeSpan.FromHours(5));

    [Fact]
    public void A_name_is_a_pure_function_of_the_run()
    {
        var name = Name("run-1", "host");

        Assert.Equal(name, Name("run-1", "host"));
        Assert.NotEqual(name, Name("run-2", "host"));
        Assert.Matches(@"^events\.out\.tfevents\.1699982000\.host\.[0-9]+\.0$", name);
    }

    [Fact]
    public void Seconds_have_ten_digits_so_that_files_sort_by_time() =>
        Assert.StartsWith(
            "events.out.tfevents.0000000001.", Name("run", "host", start: DateTimeOffset.FromUnixTimeSeconds(1)), StringComparison.Ordinal);

    [Theory]
    [InlineData("gpu-01.lab", "gpu-01.lab")]
    [InlineData("../../etc", "..-..-etc")]
    [InlineData("a b\\c:d*é", "a-b-c-d--")]
    [InlineData("", "localhost")]
    public void A_host_becomes_what_every_file_system_takes(string host, string expected) =>
        Assert.StartsWith($"events.out.tfevents.1699982000.{expected}.", Name("run", host), StringComparison.Ordinal);

    [Fact]
    public void A_long_host_is_cut() => Assert.InRange(Name("run", new string('h', 5000)).Length, 1, 255);

    [Fact]
    public void A_suffix_stands_at_the_end_without_a_separator() =>
        Assert.EndsWith(".0.v2", Name("run", "host", ".v2"), StringComparison.Ordinal);

    private static string Name(string runId, string host, string suffix = "", DateTimeOffset? start = null) =>
        EventFileName.Of(new LoggerContext { Key = "k", OutputDirectory = "/o", RunId = runId, StartTime = start ?? Start }, host, suffix)
            .ToString();
}
