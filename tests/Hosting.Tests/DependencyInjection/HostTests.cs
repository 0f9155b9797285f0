using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PluginLoggers.Hosting.Configuration;

namespace PluginLoggers.Hosting.Tests.DependencyInjection;

/// <summary>With the generic host, the run begins and ends with it.</summary>
public sealed class HostTests : IDisposable
{
    private const string Recording = """ "r": { "Type": "Recording" } """;

    private readonly Lab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Fact]
    public async Task A_run_ends_after_everything_that_still_logs()
    {
        using (var host = Build(services => services.AddHostedService<Talker>(), before: services => services.AddHostedService<LateTalker>()))
        {
            await host.StartAsync();
            Assert.Equal(RunStatus.Running, _lab.Record().Status);
            await host.StopAsync();
        }

        Assert.Equal(["start", "stop", "stopped", "disposed"], _lab.Recording.Names("r"));
        Assert.Equal(RunStatus.Finished, _lab.Recording.Statuses("r")[^1]);
        Assert.Equal(RunStatus.Finished, _lab.Record().Status);
        Assert.Empty(_lab.Told);
    }

    [Fact]
    public async Task A_host_that_a_service_brought_down_ends_a_failed_run()
    {
        using var host = Build(services => services.AddHostedService<FailingTrainer>());
        await host.StartAsync();
        await host.WaitForShutdownAsync();
        Assert.Equal(RunStatus.Failed, _lab.Record().Status);
        Assert.Equal([RunStatus.Failed], _lab.Recording.Statuses("r"));
    }

    [Fact]
    public async Task A_run_that_its_trainer_has_ended_keeps_its_status()
    {
        using var host = Build(static _ => { });
        await host.StartAsync();
        var run = host.Services.GetRequiredService<ILightningLogger>();
        run.LogMetric("loss", 1);
        await run.FinalizeAsync(RunStatus.Failed);
        await host.StopAsync();
        Assert.Equal(RunStatus.Failed, _lab.Record().Status);
    }

    [Fact]
    public async Task Mistakes_of_the_configuration_stop_the_start()
    {
        using var host = Build(static _ => { }, loggers: """ "r": { "Type": "Recordin" } """);
        await Assert.ThrowsAsync<LoggersConfigurationException>(() => host.StartAsync());
    }

    [Fact]
    public async Task Child_runs_that_are_still_open_end_with_the_host()
    {
        using var host = Build(static _ => { });
        await host.StartAsync();
        var child = host.Services.GetRequiredService<ILightningLoggerFactory>().Create();
        child.LogMetric("loss", 1);
        await host.StopAsync();
        Assert.Equal(2, _lab.Recording.Statuses("r").Length);
        Assert.Empty(_lab.Told);
    }

    private IHost Build(Action<IServiceCollection> services, Action<IServiceCollection>? before = null, string loggers = Recording)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.ClearProviders();
        before?.Invoke(builder.Services);
        builder.Services.AddLightningLoggers(_lab.Configuration(loggers), _lab.Setup);
        services(builder.Services);
        return builder.Build();
    }

    private sealed class Talker(ILightningLogger logger) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            logger.LogMetric("start", 1);
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken)
        {
            logger.LogMetric("stop", 1);
            return Task.CompletedTask;
        }
    }

    /// <summary>Registered before the loggers: its end comes after theirs.</summary>
    private sealed class LateTalker(ILightningLogger logger) : IHostedLifecycleService, IDisposable
    {
        public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public async Task StoppedAsync(CancellationToken cancellationToken)
        {
            logger.LogMetric("stopped", 1);
            await logger.SaveAsync(cancellationToken);
        }

        public void Dispose() => logger.LogMetric("disposed", 1);
    }

    private sealed class FailingTrainer(ILightningLogger logger) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await Task.Yield();
            logger.LogMetric("loss", double.NaN);
            throw new InvalidOperationException("The loss is NaN.");
        }
    }
}
