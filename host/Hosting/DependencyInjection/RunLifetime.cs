using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PluginLoggers.Hosting.Logging;

namespace PluginLoggers.Hosting.DependencyInjection;

/// <summary>
/// Opens the run when the generic host starts, and ends it when the host has stopped, after all services that may still log.
/// </summary>
internal sealed class RunLifetime(LoggersHost loggers, IServiceProvider services) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        _ = loggers.Main;
        return Task.CompletedTask;
    }

    // The host's own deadline is not ours: the wait is bounded by ShutdownTimeout.
    public Task StoppedAsync(CancellationToken cancellationToken) => loggers.ConcludeAsync(HowItStopped());

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private RunStatus HowItStopped()
    {
        var background = services.GetServices<IHostedService>().OfType<BackgroundService>().Select(service => service.ExecuteTask);
        return background.Any(task => task is { IsFaulted: true }) ? RunStatus.Failed
            : ProcessEnd.WasSignalled ? RunStatus.Killed
            : RunStatus.Finished;
    }
}
