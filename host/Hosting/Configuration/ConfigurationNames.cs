namespace PluginLoggers.Hosting.Configuration;

/// <summary>The names of the configuration's sections.</summary>
internal static class ConfigurationNames
{
    public const string Root = "LightningLoggers";

    public const string Run = "Run";

    public const string Plugins = "Plugins";

    public const string Delivery = "Delivery";

    public const string Loggers = "Loggers";

    /// <summary>The path of the names that are let through unredacted.</summary>
    public const string Allow = $"{Root}:{Run}:{nameof(RunSettings.Redaction)}:{nameof(RedactionSettings.Allow)}";

    /// <summary>The path of a logger.</summary>
    /// <param name="loggerKey">The logger's key.</param>
    public static string Logger(string loggerKey) => $"{Root}:{Loggers}:{loggerKey}";

    /// <summary>The path of a logger's options.</summary>
    /// <param name="loggerKey">The logger's key.</param>
    public static string Options(string loggerKey) => $"{Logger(loggerKey)}:{nameof(LoggerSettings.Options)}";
}
