using System.Text;
using Microsoft.Extensions.DependencyInjection;
using PluginLoggers.Faults;
using PluginLoggers.MLflow.StandIn;

namespace PluginLoggers.Hosting.Tests.Logging;

/// <summary>Runs that go to a tracking server as a program logs them: what arrives there, and what stays on this machine.</summary>
public sealed class TrackedRunTests : IAsyncLifetime, IDisposable
{
    private const string Secret = "s3cret-of-the-user";

    private readonly Lab _lab = new();
    private StandInServer _server = null!;
    private FaultProxy _proxy = null!;

    public async Task InitializeAsync()
    {
        _server = await StandInServer.StartAsync(ServerVersion.V3);
        _proxy = await FaultProxy.StartAsync(_server.Address);
    }

    public async Task DisposeAsync()
    {
        await _proxy.DisposeAsync();
        await _server.DisposeAsync();
    }

    public void Dispose() => _lab.Dispose();

    [Theory]
    [InlineData("in the address", "Basic")]
    [InlineData("as a password", "Basic")]
    [InlineData("as a token", "Bearer")]
    public async Task Credentials_are_shown_to_the_server_and_stand_in_no_file_and_no_report(string given, string scheme)
    {
        var (address, more) = given switch
        {
            "in the address" => (_proxy.Address.Replace("://", $"://me:{Secret}@", StringComparison.Ordinal), ""),
            "as a password" => (_proxy.Address, $", \"Username\": \"me\", \"Password\": \"{Secret}\""),
            _ => (_proxy.Address, $", \"Token\": \"{Secret}\""),
        };
        _proxy.Inject(Fault.Answer(401, "You are not authenticated."));
        await using (var run = _lab.Open(MLflow(address, more)))
        {
            run.LogMetric("loss", 1);
            await run.FinalizeAsync(RunStatus.Finished);
            await Lab.DeliveredAsync(run);
            AssertHides(string.Concat(run.Deliveries));
        }

        Assert.All(_proxy.Requests, request => Assert.StartsWith(scheme, request.Authorization, StringComparison.Ordinal));
        Assert.NotEmpty(_lab.ToldOf("mlflow", "401"));
        Assert.All(_lab.Told, told => AssertHides(told.ToString()));
        var files = Directory.GetFiles(_lab.SaveDir, "*", SearchOption.AllDirectories);
        Assert.Contains(files, file => file.EndsWith("run.json", StringComparison.Ordinal));
        Assert.All(files, file => AssertHides(Encoding.Latin1.GetString(File.ReadAllBytes(file))));
    }

    [Fact]
    public async Task Children_of_the_factory_are_nested_and_samples_of_the_machine_arrive_under_system()
    {
        var services = _lab.Services(MLflow(_server.Address), "\"SystemMetrics\": { \"Enabled\": true, \"Interval\": \"00:00:00.1\" }");
        var parent = services.GetRequiredService<LightningRun>();
        parent.LogMetric("loss", 1);
        await using (var child = (LightningRun)services.GetRequiredService<ILightningLoggerFactory>()
            .Create(new RunDescription { Parent = parent }))
        {
            child.LogMetric("loss", 2);
            await child.FinalizeAsync(RunStatus.Finished);
            await Lab.DeliveredAsync(child);
        }

        while (Lab.Delivery(parent, "mlflow").DeliveredRecords < 3)
        {
            await Lab.DeliveredAsync(parent);
        }

        await parent.FinalizeAsync(RunStatus.Finished);
        await Lab.DeliveredAsync(parent);

        // Nothing is written any more.
        Assert.Equal(2, _server.Runs.Count);
        var above = _server.Runs.Single(run => run.Metrics.Any(row => row is { Key: "loss", Value: 1 }));
        var below = _server.Runs.Single(run => run != above);
        Assert.Contains(above.Metrics, row => row.Key.StartsWith("system/", StringComparison.Ordinal));
        Assert.Equal(above.Id, below.Tags["mlflow.parentRunId"]);
        Assert.DoesNotContain("mlflow.parentRunId", above.Tags.Keys);
    }

    private static string MLflow(string address, string more = "") =>
        $$""" "mlflow": { "Type": "MLflow", "Options": { "TrackingUri": "{{address}}"{{more}} } } """;

    private static void AssertHides(string text)
    {
        Assert.DoesNotContain(Secret, text, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes($"me:{Secret}")), text, StringComparison.Ordinal);
    }
}
