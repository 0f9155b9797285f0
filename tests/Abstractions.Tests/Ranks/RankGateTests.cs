namespace PluginLoggers.Abstractions.Tests.Ranks;

public class RankGateTests
{
    private static readonly string[] Variables =
        ["RANK", "LOCAL_RANK", "SLURM_PROCID", "JSM_NAMESPACE_RANK", "OMPI_COMM_WORLD_RANK", "PMI_RANK", "PMIX_RANK"];

    public static TheoryData<string> Names => [.. Variables];

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_variable_tells_the_rank(string name)
    {
        var gate = RankGate.FromEnvironment(variable => variable == name ? "3" : null);
        Assert.Equal((3, name, false), (gate.Rank, gate.Source, gate.IsRankZero));
    }

    [Fact]
    public void An_earlier_variable_goes_before_a_later_one()
    {
        for (var first = 0; first < Variables.Length; first++)
        {
            var gate = RankGate.FromEnvironment(variable => Array.IndexOf(Variables, variable) is var at && at >= first ? $"{at}" : null);
            Assert.Equal((first, Variables[first]), (gate.Rank, gate.Source));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("-1")]
    [InlineData("1.0")]
    [InlineData("0x1")]
    [InlineData("one")]
    [InlineData("99999999999")]
    [InlineData(" 1")]
    public void Garbage_is_passed_over(string garbage)
    {
        Assert.True(RankGate.FromEnvironment(_ => garbage).IsRankZero);
        Assert.Equal(2, RankGate.FromEnvironment(variable => variable switch { "RANK" => garbage, "PMI_RANK" => "2", _ => null }).Rank);
    }

    [Fact]
    public void Without_a_variable_the_rank_is_zero()
    {
        var gate = RankGate.FromEnvironment(_ => null);
        Assert.Equal((0, true), (gate.Rank, gate.IsRankZero));
        Assert.NotEmpty(gate.Source);
    }

    [Fact]
    public void A_negative_rank_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new RankGate(-1, "test"));

    [Fact]
    public void Only_rank_zero_creates_an_experiment_and_one_that_is_null_is_an_error()
    {
        var zero = new RankGate(0, "test");
        var one = new RankGate(1, "test");
        var experiment = new object();

        Assert.Same(experiment, zero.Experiment(() => experiment));
        Assert.Equal(0, zero.Experiment(() => 0));
        Assert.Throws<InvalidOperationException>(() => zero.Experiment(() => null));
        Assert.Same(DummyExperiment.Instance, one.Experiment(() => throw new InvalidOperationException("Not on this rank.")));
    }
}
