using System.Globalization;
using System.Text;
using PluginLoggers.Csv.Tests.Support;

namespace PluginLoggers.Csv.Tests.Import;

public sealed class HyperparametersSourceTests : IDisposable
{
    private readonly SourceFolder _source = new();

    public void Dispose() => _source.Dispose();

    [Theory]
    [InlineData("1", 1L)]
    [InlineData("-12", -12L)]
    [InlineData("0.1", 0.1)]
    [InlineData("1.", 1.0)]
    [InlineData("1.0e-05", 1e-5)]
    [InlineData(".inf", double.PositiveInfinity)]
    [InlineData("-.inf", double.NegativeInfinity)]
    [InlineData(".nan", double.NaN)]
    [InlineData("true", true)]
    [InlineData("No", false)]
    [InlineData("null", null)]
    [InlineData("~", null)]
    [InlineData("", null)]
    [InlineData("1e-05", "1e-05")]
    [InlineData("'1'", "1")]
    [InlineData("\"a\\nb\"", "a\nb")]
    [InlineData("0x10", "0x10")]
    [InlineData("99999999999999999999", "99999999999999999999")]
    [InlineData("[1, a, null]", "[1, a, None]")]
    [InlineData("!!str 1", "1")]
    [InlineData("!!python/tuple [1, 2]", "[1, 2]")]
    [InlineData("!!python/name:torch.nn.modules.ReLU ''", "torch.nn.modules.ReLU")]
    [InlineData("!!python/object/apply:torch.device [cuda]", "[cuda]")]
    [InlineData("!mine x", "x")]
    public void A_value_is_what_PyYAML_means(string yaml, object? value)
    {
        var target = _source.ReadHyperparameters($"lr: {yaml}\n");

        Assert.Empty(target.Damages);
        Assert.Equal(value, target.Hyperparams["lr"]);
    }

    [Fact]
    public void Aliases_repeat_what_they_name()
    {
        var target = _source.ReadHyperparameters("a: &id001\n  x: 1\n  y: [2, 3]\nb: *id001\nc: [*id001]\n");

        Assert.Empty(target.Damages);
        Assert.Equal(["a/x", "a/y", "b/x", "b/y", "c/0/x", "c/0/y"], target.Hyperparams.Keys);
    }

    [Theory]
    [InlineData("- 1\n- 2\n", "no names")]
    [InlineData("just text\n", "no names")]
    [InlineData("a: 1\n--- \nb: 2\n", "more than one document")]
    [InlineData("a: 1\n? [x]\n: 2\n", "no text")]
    [InlineData("a: 1\nb: *nowhere\n", "not there")]
    [InlineData("a: 1\nb: &x [*x]\n", "itself")]
    [InlineData("a: 1\nb: [2\n", "YAML")]
    [InlineData("a: 1\nb: \"x\n", "YAML")]
    [InlineData("a: 1\nb: @x\n", "YAML")]
    public void What_is_wrong_is_told_and_the_names_before_it_are_kept(string yaml, string reason)
    {
        var target = _source.ReadHyperparameters(yaml);

        Assert.Contains(reason, Assert.Single(target.Damages).Reason, StringComparison.Ordinal);
        Assert.Equal(_source.At("hparams.yaml"), target.Damages[0].File);
        Assert.InRange(target.Damages[0].Offset, 0, yaml.Length);
        Assert.Equal(yaml.StartsWith('a') ? ["a"] : [], target.Hyperparams.Keys);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n")]
    [InlineData("{}\n")]
    [InlineData("null\n")]
    public void A_file_without_names_is_no_damage(string yaml)
    {
        var target = _source.ReadHyperparameters(yaml);

        Assert.Empty(target.Damages);
        Assert.Empty(target.Records);
    }

    [Fact]
    public void What_is_no_text_is_told()
    {
        _source.Write("hparams.yaml", [(byte)'a', (byte)':', (byte)' ', 0xFF, (byte)'\n']);
        Assert.Equal((3, "it is no UTF-8"), (Assert.Single(_source.Read().Damages).Offset, _source.Read().Damages[0].Reason));
    }

    public static TheoryData<string> Bombs
    {
        get
        {
            var laughs = new StringBuilder("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
            var maps = new StringBuilder("a0: &a0 {x: 1, y: 2}\n");
            for (var i = 1; i < 30; i++)
            {
                var aliases = string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 9));
                laughs.Append(CultureInfo.InvariantCulture, $"a{i}: &a{i} [{aliases}]\n");
                maps.Append(CultureInfo.InvariantCulture, $"a{i}: &a{i} {{x: *a{i - 1}, y: *a{i - 1}}}\n");
            }

            var text = new string('x', 1 << 20);
            return
            [
                laughs.ToString(),
                maps.ToString(),
                new string('[', 1 << 20),
                string.Concat(Enumerable.Repeat("{a: ", 1 << 18)),
                string.Concat(Enumerable.Repeat("- ", 1 << 19)),
                string.Concat(Enumerable.Repeat("? ", 1 << 19)),
                "a: " + new string('[', 1000),
                $"a: &x {text}\nb: [{string.Join(',', Enumerable.Repeat("*x", 10_000))}]\n",
                $"? {text}\n: {{{string.Join(", ", Enumerable.Range(0, 10_000).Select(i => $"k{i}: {i}"))}}}\n",
                $"a: [{string.Join(',', Enumerable.Repeat("1", 1_000_000))}]\n",
                string.Concat(Enumerable.Range(0, 100_000).Select(i => $"k{i}: {i}\n")),
                new string(' ', 5 << 20),
            ];
        }
    }

    [Theory]
    [MemberData(nameof(Bombs), DisableDiscoveryEnumeration = true)]
    public void What_means_harm_is_told_and_costs_little(string yaml)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var target = _source.ReadHyperparameters(yaml);

        Assert.Single(target.Damages);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 400 << 20);
    }

    [Fact]
    public void Whatever_a_file_holds_nothing_is_thrown()
    {
        var whole = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Golden", "pl_csv_basic.yaml"));
        var damaged = 0;
        for (var seed = 0; seed < 1000; seed++)
        {
            _source.Write("hparams.yaml", Damage.Of(whole, new Random(seed)));
            var target = _source.Read();

            Assert.All(target.Damages, damage => Assert.InRange(damage.Offset, 0, 8 * whole.Length));
            damaged += target.Damages.Count;
        }

        Assert.True(damaged > 100, $"{damaged} were found to be damaged");
    }
}
