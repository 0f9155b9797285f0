using PluginLoggers.Hosting.SystemMetrics;

namespace PluginLoggers.Hosting.Tests.SystemMetrics;

public sealed class ProcSourceTests
{
    private const string Stat = "cpu  100 10 50 800 40 0 0 0 30 0\ncpu0 100 10 50 800 40 0 0 0 30 0\nintr 5 0 1\n";

    private const string MemInfo =
        "MemTotal:       16000000 kB\nMemFree:         1000000 kB\nMemAvailable:   12000000 kB\nBuffers: 5 kB\nCached: 7 kB\n";

    private const string Devices = """
        Inter-|   Receive                                                |  Transmit
         face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
            lo: 1000000 1 0 0 0 0 0 0 1000000 1 0 0 0 0 0 0
          eth0:5000000 4503 0 0 0 0 0 0   250000 2890 0 0 0 0 0 0

        """;

    [Theory]
    [InlineData("cpu  160 10 70 900 60 0 0 0 30 0", 40.0)]
    [InlineData("cpu  100 10 50 900 140 0 0 0 30 0", 0.0)]
    [InlineData("cpu  101 10 50 801 41 0 0 0 30 0", 33.3)]
    [InlineData("cpu  200 10 50 790 40 0 0 0 30 0", 100.0)]
    [InlineData("cpu  101 11 51 801", null)]
    public void The_processors_are_busy_for_what_is_neither_idle_nor_waiting_for_the_disk(string later, double? percentage)
    {
        var metrics = Readings.Last(read => new CpuSource(read), Stat, later);

        Assert.Equal(
            percentage is null ? [] : new Dictionary<string, double> { ["cpu_utilization_percentage"] = percentage.Value }, metrics);
    }

    [Fact]
    public void The_first_reading_has_no_use_of_the_processors_and_of_the_network() =>
        Assert.Empty(Readings.Last(read => new CpuSource(read), Stat).Concat(Readings.Last(read => new NetworkSource(read), Devices)));

    [Theory]
    [InlineData(MemInfo, 4096, 25)]
    [InlineData("MemTotal: 1000000 kB\nMemFree: 100000 kB\nBuffers: 50000 kB\nCached: 350000 kB\n", 512, 50)]
    public void Memory_is_in_use_that_a_new_program_could_not_have(string text, double megabytes, double percentage)
    {
        var metrics = Readings.Last(read => new MemorySource(read), text);

        Assert.Equal(2, metrics.Count);
        Assert.Equal((megabytes, percentage), (metrics["system_memory_usage_megabytes"], metrics["system_memory_usage_percentage"]));
    }

    [Fact]
    public void The_network_counts_from_the_first_reading_over_all_interfaces()
    {
        var later = Devices.Replace("eth0:5000000", "eth0:7500000", StringComparison.Ordinal)
            .Replace("  250000", "  250123", StringComparison.Ordinal) + "  tun:1: 1000000 1 0 0 0 0 0 0 2000000 1 0 0 0 0 0 0\n";
        var again = later.Replace("eth0:7500000", "eth0:500000", StringComparison.Ordinal);

        Assert.Equal((3.5, 2.000123), Network(Readings.Last(read => new NetworkSource(read), Devices, later)));
        Assert.Equal((4.0, 2.000123), Network(Readings.Last(read => new NetworkSource(read), Devices, later, again)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("cpu0 1 2 3 4")]
    [InlineData("cpu 1 2 3")]
    [InlineData("cpu 1 2 -3 4")]
    [InlineData("cpu 1 2 3 4.5")]
    [InlineData("cpu 1 2 3 99999999999999999999999")]
    public void A_stat_that_makes_no_sense_is_named(string text) => AssertNames("/proc/stat", read => new CpuSource(read), text);

    [Theory]
    [InlineData("")]
    [InlineData("MemTotal: 5 kB")]
    [InlineData("MemTotal:\nMemAvailable: 4 kB")]
    [InlineData("MemTotal: 5 kB\nMemAvailable: 6 kB")]
    [InlineData("MemTotal: 0 kB\nMemAvailable: 0 kB")]
    [InlineData("MemTotal: five kB\nMemAvailable: 4 kB")]
    public void A_meminfo_that_makes_no_sense_is_named(string text) => AssertNames("/proc/meminfo", read => new MemorySource(read), text);

    [Theory]
    [InlineData("1\n2\neth0 1 2 3 4 5 6 7 8 9")]
    [InlineData("1\n2\neth0: 1 2 3 4 5 6 7 8")]
    [InlineData("1\n2\neth0: x 2 3 4 5 6 7 8 9")]
    public void Devices_that_make_no_sense_are_named(string text) => AssertNames("/proc/net/dev", read => new NetworkSource(read), text);

    [Fact]
    public void Damaged_files_give_numbers_or_a_reason()
    {
        Readings.AssertHarmless(read => new CpuSource(read), Stat);
        Readings.AssertHarmless(read => new MemorySource(read), MemInfo);
        Readings.AssertHarmless(read => new NetworkSource(read), Devices);
    }

    [Fact]
    public void A_file_that_is_not_there_means_another_platform()
    {
        var nowhere = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"), "stat");

        var mistake = Assert.Throws<PlatformNotSupportedException>(() => ProcFile.Read(nowhere));
        Assert.Contains(nowhere, mistake.Message, StringComparison.Ordinal);
    }

    private static (double, double) Network(Dictionary<string, double> metrics)
    {
        Assert.Equal(2, metrics.Count);
        return (metrics["network_receive_megabytes"], metrics["network_transmit_megabytes"]);
    }

    private static void AssertNames(string file, Func<Func<string>, ISystemMetricSource> source, string text)
    {
        var mistake = Assert.Throws<InvalidDataException>(() => Readings.Last(source, text));
        Assert.StartsWith(file + " is not as Linux writes it: ", mistake.Message, StringComparison.Ordinal);
    }
}
