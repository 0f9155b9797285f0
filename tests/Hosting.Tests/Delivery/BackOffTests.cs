using PluginLoggers.Hosting.Delivery;

namespace PluginLoggers.Hosting.Tests.Delivery;

public sealed class BackOffTests
{
    [Fact]
    public void It_doubles_up_to_a_minute_less_a_random_part_and_begins_anew_after_a_success()
    {
        var backOff = new BackOff();
        foreach (var most in new[] { 0.25, 0.5, 1, 2, 4, 8, 16, 32, 60, 60 })
        {
            Assert.InRange(backOff.Next().TotalSeconds, most * 0.75, most);
        }

        backOff.Reset();
        Assert.InRange(backOff.Next().TotalSeconds, 0.1875, 0.25);
    }

    [Fact]
    public void Many_processes_do_not_come_back_together() =>
        Assert.True(Enumerable.Range(0, 100).Select(_ => new BackOff().Next()).Distinct().Count() > 50);
}
