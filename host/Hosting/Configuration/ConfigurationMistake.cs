using PluginLoggers.Hosting.Plugins;

namespace PluginLoggers.Hosting.Configuration;

/// <summary>One mistake of the configuration. None of its texts holds a secret.</summary>
/// <param name="Path">Where it is, such as <c>LightningLoggers:Loggers:csv:Options:FlushEvry</c>.</param>
/// <param name="Found">What was found there.</param>
/// <param name="Expected">What was expected instead; null where <paramref name="Found"/> says it all.</param>
/// <param name="Nearest">The known name that is nearest to the one found, or null.</param>
public sealed record ConfigurationMistake(string Path, string Found, string? Expected = null, string? Nearest = null)
{
    /// <summary>The mistake in one line.</summary>
    public override string ToString()
    {
        var line = Expected is null ? $"{Path}: {Found}" : $"{Path}: found {Found}, expected {Expected}";
        return Nearest is null ? line : $"{line}; did you mean {Nearest}?";
    }

    /// <summary>What a plug-in said about the options of a logger, when it was asked to create one.</summary>
    /// <param name="loggerKey">The logger's key in the configuration.</param>
    /// <param name="exception">What the plug-in threw.</param>
    internal static ConfigurationMistake Of(string loggerKey, LoggerOptionsException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        var path = ConfigurationNames.Options(loggerKey);
        if (exception.Path is not { Length: > 0 } option)
        {
            return new ConfigurationMistake(path, Text.OneLine(exception.Message));
        }

        path = $"{path}:{Text.OneLine(option, 200).Replace('.', ':')}";
        return exception is { Found: { } found, Expected: { } expected }
            ? new ConfigurationMistake(path, Shown(path, found), Text.OneLine(expected))
            : new ConfigurationMistake(path, Text.OneLine(ShownValue.WithoutSecrets(exception.Message)));
    }

    private static string Shown(string path, string found) =>
        SecretNames.IsSecret(path) ? SecretNames.Redacted : Text.OneLine(ShownValue.WithoutSecrets(found));
}
