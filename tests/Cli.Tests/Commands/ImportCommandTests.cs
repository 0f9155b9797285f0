using System.Text.Json;
using System.Text.Json.Nodes;
using PluginLoggers.Cli.Tests.Support;
using PluginLoggers.MLflow.StandIn;

namespace PluginLoggers.Cli.Tests.Commands;

public sealed class ImportCommandTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task A_table_of_Lightning_with_its_hyperparameters_becomes_a_run()
    {
        var source = LightningRun();

        var result = await _workspace.RunAsync("import", source);

        Assert.Equal((ExitCode.Done, ""), (result.ExitCode, result.Error));
        Assert.Equal("test/lightning_logs-version_0  imported  6 records, 6 new", result.Out.TrimEnd());
        var run = _workspace.At("runs", "test", "lightning_logs-version_0");
        Assert.Equal("epoch,step,train_loss,val_loss,Alpha,zeta", File.ReadLines(Path.Combine(run, "metrics.csv")).First());
        Assert.Contains("opt: adam", File.ReadAllText(Path.Combine(run, "hparams.yaml")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Imported_twice_nothing_is_there_twice()
    {
        var source = LightningRun();
        await _workspace.RunAsync("import", source);
        var metrics = _workspace.At("runs", "test", "lightning_logs-version_0", "metrics.csv");
        var before = File.ReadAllBytes(metrics);

        var result = await _workspace.RunAsync("import", source);

        Assert.Equal(ExitCode.Done, result.ExitCode);
        Assert.Equal("test/lightning_logs-version_0  imported  6 records, 0 new", result.Out.TrimEnd());
        Assert.Equal(before, File.ReadAllBytes(metrics));
    }

    [Fact]
    public async Task Without_a_name_in_the_configuration_runs_are_named_by_their_folder()
    {
        var configuration = JsonNode.Parse(File.ReadAllText(_workspace.ConfigurationFile))!;
        configuration["LightningLoggers"]!["Run"]!.AsObject().Remove("Name");
        _workspace.Write("appsettings.json", configuration.ToJsonString());

        var result = await _workspace.RunAsync("import", LightningRun());

        Assert.StartsWith("lightning_logs/version_0  imported", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_damaged_is_named_the_rest_is_imported_and_the_exit_code_is_1()
    {
        var source = LightningRun();
        var metrics = Path.Combine(source, "version_0", "metrics.csv");
        File.AppendAllText(metrics, "3,1,2");

        var result = await _workspace.RunAsync("import", source);

        Assert.Equal(ExitCode.Failed, result.ExitCode);
        Assert.StartsWith("test/lightning_logs-version_0  imported, damaged  6 records", result.Out, StringComparison.Ordinal);
        Assert.Contains($"{metrics}, byte 115: the row is cut off", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_tells_a_script_what_was_imported_and_what_was_not()
    {
        var source = LightningRun();
        File.AppendAllText(Path.Combine(source, "version_0", "metrics.csv"), ",,1,adam,,\r\nx\r\n");

        var result = await _workspace.RunAsync("import", source, "--json");

        using var report = JsonDocument.Parse(result.Out);
        var run = Assert.Single(report.RootElement.EnumerateArray());
        Assert.Equal((6, 6, 1), (Number("records"), Number("newRecords"), Number("damagedPlaces")));
        Assert.Equal(127, Assert.Single(run.GetProperty("damages").EnumerateArray()).GetProperty("offset").GetInt32());
        Assert.Equal(1, run.GetProperty("leftOut").GetProperty("cells with text").GetInt32());
        Assert.Equal("Csv", run.GetProperty("format").GetString());
        Assert.Equal("finished", run.GetProperty("status").GetString());

        int Number(string name) => run.GetProperty(name).GetInt32();
    }

    [Fact]
    public async Task What_is_left_undelivered_is_told_and_the_exit_code_is_3()
    {
        _workspace.WriteConfiguration(new JsonObject { ["mlflow"] = MLflow("http://127.0.0.1:1") });

        var result = await _workspace.RunAsync("import", LightningRun());

        Assert.Equal(ExitCode.Undelivered, result.ExitCode);
        Assert.Contains("still behind", result.Out, StringComparison.Ordinal);
        Assert.Contains("pluginloggers sync", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nothing_is_found_it_is_said_what_was_looked_for()
    {
        var folder = Directory.CreateDirectory(_workspace.At("empty")).FullName;

        var result = await _workspace.RunAsync("import", folder);

        Assert.Equal((ExitCode.WrongUsage, ""), (result.ExitCode, result.Out));
        Assert.Contains("Csv, TensorBoard", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_workspace.At("runs")));
    }

    [Theory]
    [InlineData("import", "nowhere")]
    [InlineData("import")]
    public async Task A_place_that_is_not_there_is_wrong_usage(params string[] args) =>
        Assert.Equal(ExitCode.WrongUsage, (await _workspace.RunAsync(args)).ExitCode);

    [Fact]
    public async Task Runs_of_this_program_are_not_imported_into_themselves()
    {
        await _workspace.PipeAsync("{\"loss\":0.5}", "log");

        var result = await _workspace.RunAsync("import", _workspace.At("runs"));

        Assert.Equal((ExitCode.WrongUsage, ""), (result.ExitCode, result.Out));
        Assert.Contains("replay", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_old_TensorBoard_run_goes_to_MLflow_in_one_command()
    {
        await using var server = await StandInServer.StartAsync(ServerVersion.V3);
        _workspace.WriteConfiguration(new JsonObject { ["mlflow"] = MLflow(server.Address) });

        var result = await _workspace.RunAsync("import", Path.Combine(AppContext.BaseDirectory, "Golden", "pl_tb_default"));

        Assert.Equal(ExitCode.Done, result.ExitCode);
        var run = Assert.Single(server.Runs);
        Assert.Equal("FINISHED", run.Status);
        Assert.InRange(run.StartTime, 1_700_000_000_000, 1_700_000_001_000);
        Assert.Contains(run.Metrics, point => point is { Key: "hp_metric", Value: -1, Step: 0 });
        Assert.All(run.Metrics, point => Assert.InRange(point.Timestamp, 1_700_000_000_000, 1_700_001_000_000));
        Assert.NotEmpty(run.Params);
    }

    private static JsonObject MLflow(string address) => new()
    {
        ["Type"] = "MLflow",
        ["Options"] = new JsonObject { ["TrackingUri"] = address },
    };

    private string LightningRun()
    {
        var folder = Directory.CreateDirectory(_workspace.At("lightning_logs", "version_0")).FullName;
        var golden = Path.Combine(AppContext.BaseDirectory, "Golden");
        File.Copy(Path.Combine(golden, "pl_csv_basic.csv"), Path.Combine(folder, "metrics.csv"));
        File.Copy(Path.Combine(golden, "pl_csv_basic.yaml"), Path.Combine(folder, "hparams.yaml"));
        return Path.GetDirectoryName(folder)!;
    }
}
