using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PluginLoggers;
using PluginLoggers.Hosting;

namespace ReadmeSnippets;

/// <summary>What the README says of a program of one's own, run with the backends that the project brings.</summary>
public sealed class InjectionTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    private (string Key, string Value)[] Settings =>
    [
        ("LightningLoggers:Run:Name", "digits"),
        ("LightningLoggers:Run:SaveDir", _folder.FullName),
        ("LightningLoggers:Run:Rank", "0"),
        ("LightningLoggers:Delivery:ShutdownTimeout", "01:00:00"),
        ("LightningLoggers:Delivery:StallTimeout", "01:00:00"),
        ("LightningLoggers:Loggers:csv:Type", "Csv"),
        ("LightningLoggers:Loggers:tensorboard:Type", "TensorBoard"),
    ];

    private IConfiguration Configuration => new ConfigurationBuilder()
        .AddInMemoryCollection(Settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value)).Build();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_trainer_gets_the_run_and_the_run_its_end()
    {
        await Injection.TrainAsync(Configuration);

        AssertTrained("digits/version_0");
    }

    [Fact]
    public async Task In_the_generic_host_the_run_ends_with_it()
    {
        await Injection.TrainInHostAsync([.. Settings.Select(setting => $"{setting.Key}={setting.Value}")]);

        AssertTrained("digits/version_0");
    }

    [Fact]
    public async Task A_sweep_makes_a_run_for_each_value()
    {
        await using var services = new ServiceCollection().AddLightningLoggers(Configuration).BuildServiceProvider();

        await Injection.SweepAsync(services.GetRequiredService<ILightningLoggerFactory>());

        AssertTrained("sweep/version_0");
        AssertTrained("sweep/version_1");
        Assert.False(Directory.Exists(Path.Combine(_folder.FullName, "digits")));
    }

    [Fact]
    public async Task A_backend_by_its_key_is_logged_to_alone()
    {
        await using (var services = new ServiceCollection().AddLightningLoggers(Configuration).AddSingleton<Validator>().BuildServiceProvider())
        {
            await services.GetRequiredService<ILightningLogger>().RunAsync(run =>
            {
                run.LogMetric("loss", 1, step: 0);
                services.GetRequiredService<Validator>().Validate(0.5);
            });
        }

        Assert.Contains("val/accuracy", File.ReadLines(Metrics("digits/version_0")).First(), StringComparison.Ordinal);
        Assert.DoesNotContain("val/accuracy", File.ReadAllText(EventFile("digits/version_0")), StringComparison.Ordinal);
        Assert.Contains("loss", File.ReadAllText(EventFile("digits/version_0")), StringComparison.Ordinal);
    }

    private void AssertTrained(string run)
    {
        Assert.Equal(101, File.ReadLines(Metrics(run)).Count());
        Assert.True(new FileInfo(EventFile(run)).Length > 100);
        Assert.Contains("\"status\": \"Finished\"", File.ReadAllText(Path.Combine(_folder.FullName, run, ".pluginloggers", "run.json")), StringComparison.Ordinal);
    }

    private string Metrics(string run) => Path.Combine(_folder.FullName, run, "metrics.csv");

    private string EventFile(string run) => Assert.Single(Directory.GetFiles(Path.Combine(_folder.FullName, run), "events.out.tfevents.*"));
}
