using PluginLoggers.Hosting.SystemMetrics;

namespace PluginLoggers.Hosting.Tests.SystemMetrics;

public sealed class DiskAndGpuTests
{
    private const string TwoGpus = "0, 1024, 4096, 37, 75.52, 300.00\n1, 0, 4096, 0, [N/A], [Not Supported]\n";

    [Fact]
    public void A_disk_is_full_when_users_may_have_nothing_more_of_it()
    {
        var metrics = new List<Metric>();
        DiskSource.Add(metrics, total: 1_000_000_000, free: 400_000_000, available: 200_000_000);

        Assert.Equal(
            [new("disk_usage_percentage", 75), new("disk_usage_megabytes", 600), new Metric("disk_available_megabytes", 200)], metrics);
    }

    [Fact]
    public void A_disk_without_space_has_no_percentage()
    {
        var metrics = new List<Metric>();
        DiskSource.Add(metrics, 0, 0, 0);

        Assert.Equal(["disk_usage_megabytes", "disk_available_megabytes"], metrics.Select(metric => metric.Name));
    }

    [Fact]
    public void The_disk_of_a_folder_is_found()
    {
        var metrics = new List<Metric>();
        new DiskSource(() => new DriveInfo(Path.GetTempPath())).Read(metrics);

        Assert.All(metrics, metric => Assert.InRange(metric.Value, 0, double.MaxValue));
        Assert.Contains(metrics, metric => metric.Name == "disk_available_megabytes");
    }

    [Fact]
    public void Each_gpu_has_its_metrics_and_what_it_does_not_tell_is_left_out() => Assert.Equal(
        new Dictionary<string, double>
        {
            ["gpu_0_memory_usage_percentage"] = 25,
            ["gpu_0_memory_usage_megabytes"] = 1073.7,
            ["gpu_0_utilization_percentage"] = 37,
            ["gpu_0_power_usage_watts"] = 75.5,
            ["gpu_0_power_usage_percentage"] = 25.2,
            ["gpu_1_memory_usage_percentage"] = 0,
            ["gpu_1_memory_usage_megabytes"] = 0,
            ["gpu_1_utilization_percentage"] = 0,
        },
        Readings.Last(read => new GpuSource(_ => read()), TwoGpus));

    [Theory]
    [InlineData("No devices were found")]
    [InlineData("0, 1, 2, 3, 4")]
    [InlineData("x, 1, 2, 3, 4, 5")]
    [InlineData("-1, 1, 2, 3, 4, 5")]
    [InlineData("0, 1, 2, 3, 4, 5\n0, 1, 2, 3, 4, 6", "0, 1, 2, 3, 4, 6")]
    public void An_answer_of_another_form_is_shown(string answer, string? line = null)
    {
        var mistake = Assert.Throws<InvalidDataException>(() => Readings.Last(read => new GpuSource(_ => read()), answer));

        Assert.Contains($"'{line ?? answer}'", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_answers_give_numbers_or_a_reason() => Readings.AssertHarmless(read => new GpuSource(_ => read()), TwoGpus);

    [Fact]
    public void A_command_that_is_not_there_is_not_offered() => Assert.Throws<PlatformNotSupportedException>(
        () => NvidiaSmi.Ask("there-is-no-such-command", [], TimeSpan.FromMinutes(5)));

    [UnixTheory("Windows has no sh.")]
    [InlineData("echo 0, 1; exit 0", "0, 1\n")]
    [InlineData("echo no driver >&2; exit 9", null)]
    public void A_command_answers_or_says_why_not(string script, string? answer)
    {
        if (answer is null)
        {
            Assert.Equal("sh ended with 9: no driver", Assert.Throws<PlatformNotSupportedException>(Ask).Message);
        }
        else
        {
            Assert.Equal(answer, Ask());
        }

        string Ask() => NvidiaSmi.Ask("sh", ["-c", script], TimeSpan.FromMinutes(5));
    }

    [UnixFact("Windows has no sh.")]
    public void A_command_that_does_not_end_is_ended()
    {
        Assert.Throws<TimeoutException>(() => NvidiaSmi.Ask("sh", ["-c", "sleep 600"], TimeSpan.FromMilliseconds(50)));
    }
}
