using Microsoft.Extensions.Hosting;

namespace ReadmeSnippets;

internal sealed class TrainingService(Trainer trainer, IHostApplicationLifetime host) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        trainer.Fit();
        host.StopApplication();
    }
}
