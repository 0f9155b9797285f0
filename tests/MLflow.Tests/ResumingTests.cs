using PluginLoggers.Faults;

namespace PluginLoggers.MLflow.Tests;

/// <summary>Which experiment and which run is logged to: by name, by id, gone on with, nested.</summary>
public abstract class ResumingTests(ServerFixture server)
{
    [Fact]
    public async Task An_experiment_is_found_by_its_id_in_the_options_and_in_the_environment()
    {
        var (name, id) = CreateExperiment();
        var byOption = new TestRun(server.Address);
        await LogOneAsync(byOption, new MLflowOptions { TrackingUri = server.Address, ExperimentId = id });
        Assert.Single(server.Find(name, byOption.Context));

        var byEnvironment = new TestRun(server.Address);
        byEnvironment.EnvironmentVariables["MLFLOW_EXPERIMENT_ID"] = id;
        await LogOneAsync(byEnvironment, new MLflowOptions { TrackingUri = server.Address });
        Assert.Single(server.Find(name, byEnvironment.Context));
    }

    [Fact]
    public async Task A_name_in_the_environment_comes_before_the_name_of_the_run()
    {
        var run = new TestRun(server.Address);
        run.EnvironmentVariables["MLFLOW_EXPERIMENT_NAME"] = run.Experiment;
        await LogOneAsync(run, new MLflowOptions { TrackingUri = server.Address });
        Assert.Single(server.Find(run.Experiment, run.Context));
    }

    [Fact]
    public async Task An_id_that_no_experiment_has_is_told_with_its_cure()
    {
        var run = new TestRun(server.Address);
        var failure = await Assert.ThrowsAsync<TrackingRequestException>(
            () => LogOneAsync(run, new MLflowOptions { TrackingUri = server.Address, ExperimentId = "987654321" }));
        Assert.Contains("'987654321'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("ExperimentId", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_and_an_id_of_two_experiments_are_told_and_of_one_are_taken()
    {
        var (name, id) = CreateExperiment();
        var (_, other) = CreateExperiment();
        var run = new TestRun(server.Address);
        var failure = await Assert.ThrowsAsync<TrackingRequestException>(
            () => LogOneAsync(run, new MLflowOptions { TrackingUri = server.Address, ExperimentName = name, ExperimentId = other }));
        Assert.Contains(other, failure.Message, StringComparison.Ordinal);
        await LogOneAsync(run, new MLflowOptions { TrackingUri = server.Address, ExperimentName = name, ExperimentId = id });
        Assert.Single(server.Find(name, run.Context));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_deleted_experiment_is_restored_and_that_is_told(bool byName)
    {
        var (name, id) = CreateExperiment();
        server.Rest.Post("experiments/delete", $$"""{"experiment_id":"{{id}}"}""");

        var run = new TestRun(server.Address);
        await LogOneAsync(run, byName
            ? new MLflowOptions { TrackingUri = server.Address, ExperimentName = name }
            : new MLflowOptions { TrackingUri = server.Address, ExperimentId = id });
        Assert.Single(server.Find(name, run.Context));
        Assert.Contains(run.Reports, report => report.Contains(byName ? name : id, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("<html>Please sign in</html>", "sign-in page")]
    [InlineData("", "sign-in page")]
    [InlineData("[]", "sign-in page")]
    [InlineData("""{"error_code":"UNAUTHENTICATED","message":"Please sign in"}""", "UNAUTHENTICATED")]
    public async Task An_experiment_is_not_taken_for_restored_because_something_answers_with_200(string answer, string named)
    {
        var (name, id) = CreateExperiment();
        server.Rest.Post("experiments/delete", $$"""{"experiment_id":"{{id}}"}""");
        await using var proxy = await FaultProxy.StartAsync(server.Address);
        proxy.Inject(Fault.Answer(200, answer), route: "experiments/restore");

        var run = new TestRun(proxy.Address);
        var options = new MLflowOptions { TrackingUri = proxy.Address, ExperimentName = name };
        var failure = await Assert.ThrowsAsync<TrackingRequestException>(() => LogOneAsync(run, options));
        Assert.Contains(named, failure.Message, StringComparison.Ordinal);
        Assert.Contains("experiments/restore", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(run.Reports, report => report.Contains("restored", StringComparison.Ordinal));
        await LogOneAsync(run, options);
        Assert.Single(server.Find(name, run.Context));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_run_is_gone_on_with_by_its_id_and_another_run_of_the_process_gets_its_own(bool byOption)
    {
        var (name, experimentId) = CreateExperiment();
        var id = server.Rest.Post("runs/create", $$"""{"experiment_id":"{{experimentId}}","run_name":"begun elsewhere","start_time":5}""")!.Value
            .GetProperty("run").GetProperty("info").GetProperty("run_id").GetString()!;
        server.Rest.Post("runs/log-batch", $$"""{"run_id":"{{id}}","metrics":[{"key":"loss","value":3,"timestamp":7,"step":0}],"params":[{"key":"lr","value":"0.1"}]}""");
        server.Rest.Post("runs/update", $$"""{"run_id":"{{id}}","status":"FAILED","end_time":9}""");

        var run = new TestRun(server.Address);
        var options = new MLflowOptions { TrackingUri = server.Address, RunId = byOption ? id : null };
        run.EnvironmentVariables["MLFLOW_RUN_ID"] = byOption ? null : id;
        await using (var logger = run.Create(options: options))
        {
            logger.LogHyperparams(new Dictionary<string, object?> { ["lr"] = 0.2, ["new"] = 1L });
            run.Log(logger, 1, new Metric("loss", 1));
            await logger.SaveAsync();
        }

        var view = Assert.Single(server.Rest.FindAll(name));
        Assert.Equal((id, "begun elsewhere", "RUNNING", 5), (view.Id, view.Name, view.Status, view.StartTime));
        Assert.Equal(["loss [0] = 3", "loss [1] = 1"], view.Lines);
        Assert.Equal(("0.1", "1", "0.2"), (view.Params["lr"], view.Params["new"], view.Tags["changed_param.lr"]));
        Assert.Equal("a", view.Tags["team"]);

        var next = new TestRun(server.Address);
        next.EnvironmentVariables["MLFLOW_RUN_ID"] = byOption ? null : id;
        await LogOneAsync(next, new MLflowOptions { TrackingUri = server.Address, RunId = options.RunId, ExperimentId = experimentId });
        Assert.Equal(2, server.Rest.FindAll(name).Count);
    }

    [Fact]
    public async Task A_run_that_is_not_there_to_go_on_with_is_told_and_not_begun()
    {
        var run = new TestRun(server.Address);
        var options = new MLflowOptions { TrackingUri = server.Address, ExperimentName = run.Experiment, RunId = $"{Guid.NewGuid():N}" };
        var failure = await Assert.ThrowsAsync<TrackingRequestException>(() => LogOneAsync(run, options));
        Assert.Contains(options.RunId, failure.Message, StringComparison.Ordinal);
        Assert.Empty(server.Rest.FindAll(run.Experiment));
    }

    [Fact]
    public async Task A_child_is_linked_to_its_parent_even_if_that_comes_later()
    {
        var parent = new TestRun(server.Address);
        var early = new TestRun(server.Address, parent);
        await LogOneAsync(early);
        await LogOneAsync(parent);
        var late = new TestRun(server.Address, parent);
        await LogOneAsync(late);

        Assert.Equal(Single(parent).Id, Single(late).Tags["mlflow.parentRunId"]);
        Assert.DoesNotContain("mlflow.parentRunId", Single(early).Tags.Keys);
        await using (var logger = early.Create())
        {
            await logger.FinalizeAsync(RunStatus.Finished);
        }

        Assert.Equal(Single(parent).Id, Single(early).Tags["mlflow.parentRunId"]);
    }

    [Fact]
    public async Task Children_that_ended_before_their_parent_was_there_are_linked_at_its_end()
    {
        var parent = new TestRun(server.Address);
        TestRun[] children = [new(server.Address, parent), new(server.Address, parent)];
        foreach (var child in children)
        {
            await using var logger = child.Create();
            await logger.FinalizeAsync(RunStatus.Finished);
            Assert.DoesNotContain("mlflow.parentRunId", Single(child).Tags.Keys);
            Assert.Contains(child.Reports, report => report.Contains("links it when it ends", StringComparison.Ordinal));
        }

        await using (var logger = parent.Create())
        {
            await logger.FinalizeAsync(RunStatus.Finished);
        }

        Assert.All(children, child => Assert.Equal(Single(parent).Id, Single(child).Tags["mlflow.parentRunId"]));
        Assert.DoesNotContain("mlflow.parentRunId", Single(parent).Tags.Keys);
    }

    [Fact]
    public async Task A_child_finds_its_parent_in_another_experiment_too()
    {
        var parent = new TestRun(server.Address);
        await LogOneAsync(parent);
        var (name, id) = CreateExperiment();
        var child = new TestRun(server.Address, parent);
        await LogOneAsync(child, new MLflowOptions { TrackingUri = server.Address, ExperimentId = id });
        Assert.Equal(Single(parent).Id, Assert.Single(server.Find(name, child.Context)).Tags["mlflow.parentRunId"]);
    }

    private static async Task LogOneAsync(TestRun run, MLflowOptions? options = null)
    {
        await using var logger = run.Create(options: options);
        run.Log(logger, 1, new Metric("loss", 1));
        await logger.SaveAsync();
    }

    private (string Name, string Id) CreateExperiment()
    {
        var name = $"made {Guid.NewGuid():N}";
        var id = server.Rest.Post("experiments/create", $$"""{"name":"{{name}}"}""")!.Value.GetProperty("experiment_id").GetString()!;
        return (name, id);
    }

    private RunView Single(TestRun run) => Assert.Single(server.Find(run.Experiment, run.Context));
}

public sealed class ResumingTestsOfV2(StandInV2 server) : ResumingTests(server), IClassFixture<StandInV2>;

public sealed class ResumingTestsOfV3(StandInV3 server) : ResumingTests(server), IClassFixture<StandInV3>;
