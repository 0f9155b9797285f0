namespace PluginLoggers.Fixtures;

/// <summary>Makes loggers that fail as they are told to, and between failures write what they are given to a file.</summary>
[LoggerPlugin("Misbehaving")]
public sealed class MisbehavingPlugin : ILoggerPlugin<MisbehavingOptions>
{
    /// <inheritdoc/>
    public ILightningLogger Create(MisbehavingOptions options, LoggerContext context)
    {
        var misfortune = new Misfortune(options, context);
        misfortune.Strike(nameof(Create));
        return new MisbehavingLogger(options, context, misfortune);
    }
}
