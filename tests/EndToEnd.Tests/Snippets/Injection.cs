using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PluginLoggers;
using PluginLoggers.Hosting;

namespace ReadmeSnippets;

internal static class Injection
{
    public static async Task TrainAsync(IConfiguration configuration)
    {
        await using var services = new ServiceCollection()
            .AddLightningLoggers(configuration)
            .AddSingleton<Trainer>()
            .BuildServiceProvider();

        var run = services.GetRequiredService<ILightningLogger>();
        await run.RunAsync(_ => services.GetRequiredService<Trainer>().Fit());
    }

    public static async Task TrainInHostAsync(string[] args)
    {
        var builder = Host.CreateApplicationBuilder(args);
        builder.Services.AddLightningLoggers(builder.Configuration);
        builder.Services.AddSingleton<Trainer>();
        builder.Services.AddHostedService<TrainingService>();
        await builder.Build().RunAsync();
    }

    public static async Task SweepAsync(ILightningLoggerFactory runs)
    {
        foreach (var rate in new[] { "0.1", "0.01" })
        {
            await using var run = runs.Create(new RunDescription { Name = "sweep", Tags = new Dictionary<string, string> { ["rate"] = rate } });
            await run.RunAsync(logger => new Trainer(logger).Fit());
        }
    }
}
