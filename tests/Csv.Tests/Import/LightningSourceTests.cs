using System.Text;
using PluginLoggers.Contract;
using PluginLoggers.Csv.Tests.Support;

namespace PluginLoggers.Csv.Tests.Import;

/// <summary>Lightning's own files, read back.</summary>
public sealed class LightningSourceTests : IDisposable
{
    private readonly SourceFolder _source = new();

    public void Dispose() => _source.Dispose();

    [Theory]
    [InlineData("pl_csv_basic.csv", 11)]
    [InlineData("pl_csv_keys.csv", 8)]
    [InlineData("pl_csv_keys_noprefix.csv", 1)]
    [InlineData("pl_csv_resume.csv", 1)]
    [InlineData("pl_csv_steps.csv", 5)]
    [InlineData("pl_csv_steps_s.csv", 3)]
    public void Every_value_is_read_in_the_order_of_the_rows(string golden, int values)
    {
        var bytes = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Golden", golden));
        _source.Write("metrics.csv", bytes);

        var target = _source.Read();

        Assert.Equal(values, target.Points.Count());
        Assert.Equal(CsvTable.Parse(Encoding.UTF8.GetString(bytes)).Points(), target.Points);
        Assert.Equal((0, 0, bytes.Length), (target.Damages.Count, target.Skipped.Count, target.BytesRead));
        Assert.All(target.Records, record => Assert.Equal(default, record.Time));
    }

    [Fact]
    public void A_row_is_one_call()
    {
        _source.Write("metrics.csv", File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Golden", "pl_csv_basic.csv")));

        var calls = _source.Read().Records.Cast<LoggedRecord.Metrics>();

        Assert.Equal(
            ["49: epoch train_loss", "99: epoch train_loss", "99: epoch val_loss", "149: epoch train_loss", "149: Alpha epoch zeta"],
            calls.Select(call => $"{call.Step}: {string.Join(' ', call.Values.Select(metric => metric.Name))}"));
    }

    [Fact]
    public void Hyperparameters_come_first_and_flat()
    {
        _source.Write("metrics.csv", "a,step\r\n1,0\r\n");
        _source.Write("hparams.yaml", File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Golden", "pl_csv_basic.yaml")));

        var target = _source.Read();

        Assert.IsType<LoggedRecord.Hyperparams>(target.Records[0]);
        Assert.Empty(target.Damages);
        Assert.Equal(
            new Dictionary<string, object?>
            {
                ["lr"] = 0.1,
                ["bs"] = 32L,
                ["flag"] = true,
                ["opt"] = "adam",
                ["none"] = null,
                ["nested/a/b"] = "c",
                ["nested/n"] = 2L,
                ["list"] = "[1, 2, 3]",
                ["dicts/0/x"] = 1L,
                ["dicts/1/y"] = 2L,
                ["ns/foo"] = 3L,
                ["5"] = "intkey",
            },
            target.Hyperparams);
    }
}
