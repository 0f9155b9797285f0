using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using PluginLoggers.Hosting.DependencyInjection;

namespace PluginLoggers.Hosting.Tests.Watching;

/// <summary>A program with a configuration file that is watched; it looks when the test says so.</summary>
internal sealed class WatchedLab : IDisposable
{
    private readonly string _file;
    private readonly string[] _folders;
    private readonly ServiceProvider _services;

    public WatchedLab(string loggers, params string[] folders)
    {
        (_file, _folders) = (Path.Combine(Lab.SaveDir, "settings.json"), folders);
        Lab.Time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        Write(loggers);
        _services = new ServiceCollection()
            .AddLightningLoggers(new ConfigurationBuilder().AddJsonFile(_file).Build(), Lab.Setup)
            .BuildServiceProvider();
        Run = _services.GetRequiredService<LightningRun>();
    }

    public Lab Lab { get; } = new();

    public LightningRun Run { get; }

    public IServiceProvider Services => _services;

    public void Write(string loggers, string run = "") => WriteText($$"""
        { "LightningLoggers": {
            "Run": { "Name": "digits", "SaveDir": {{JsonSerializer.Serialize(Lab.SaveDir)}} {{run}} },
            "Plugins": { "Watch": true, "Folders": {{JsonSerializer.Serialize(_folders)}} },
            "Loggers": { {{loggers}} } } }
        """);

    public void WriteText(string text) => File.WriteAllText(_file, text);

    public void Look(int times = 1)
    {
        for (; times > 0; times--)
        {
            _services.GetRequiredService<LoggersHost>().Watch!.Poll();
        }
    }

    public void Dispose()
    {
        _services.Dispose();
        Lab.Dispose();
    }
}
