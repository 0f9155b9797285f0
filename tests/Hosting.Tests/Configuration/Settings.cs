using System.Text;
using Microsoft.Extensions.Configuration;
using PluginLoggers.Hosting.Configuration;
using PluginLoggers.Hosting.Plugins;

namespace PluginLoggers.Hosting.Tests.Configuration;

/// <summary>Configurations from JSON, read with plug-ins that are linked into the tests.</summary>
internal static class Settings
{
    public static IConfiguration Json(string json) =>
        new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(json))).Build();

    public static LoggersConfiguration Read(string json) => Read(Json(json));

    public static LoggersConfiguration Read(IConfiguration configuration) => LoggersConfiguration.Read(configuration, _ => Catalog());

    /// <summary>The options of one logger, keyed <c>x</c>, of the plug-in Sample.</summary>
    public static SampleOptions Options(string json) => Assert.IsType<SampleOptions>(Assert.Single(Read(Logger(json)).Loggers).Options);

    /// <summary>The mistakes, as lines without their common start.</summary>
    public static string[] Mistakes(string json) => Mistakes(Json(json));

    public static string[] Mistakes(IConfiguration configuration)
    {
        var exception = Assert.Throws<LoggersConfigurationException>(() => Read(configuration));
        Assert.Equal(exception.Message.Split('\n'), exception.Mistakes.Select(mistake => mistake.ToString()));
        const string Start = "LightningLoggers:";
        return [.. exception.Message.Split('\n').Select(Shorten)];

        static string Shorten(string line) =>
            line.StartsWith(Start, StringComparison.Ordinal) && line[Start.Length] != ' ' ? line[Start.Length..] : line;
    }

    /// <summary>The one mistake in the options of a logger, without the path of the options.</summary>
    public static string Mistake(string json)
    {
        var line = Assert.Single(Mistakes(Logger(json)));
        const string Start = "Loggers:x:Options:";
        Assert.StartsWith(Start, line, StringComparison.Ordinal);
        return line[Start.Length..];
    }

    public static PluginCatalog Catalog()
    {
        var catalog = new PluginCatalog();
        catalog.Add(new SamplePlugin());
        catalog.Add(new OtherPlugin());
        return catalog;
    }

    private static string Logger(string options) =>
        $$"""{ "LightningLoggers": { "Loggers": { "x": { "Type": "Sample", "Options": {{options}} } } } }""";

    [LoggerPlugin("Sample")]
    private sealed class SamplePlugin : ILoggerPlugin<SampleOptions>
    {
        public ILightningLogger Create(SampleOptions options, LoggerContext context) => new DummyLogger();
    }

    [LoggerPlugin("Other")]
    private sealed class OtherPlugin : ILoggerPlugin<OtherOptions>
    {
        public ILightningLogger Create(OtherOptions options, LoggerContext context) => new DummyLogger();
    }
}
