namespace PluginLoggers;

/// <summary>A plug-in as the host sees it. Implement <see cref="ILoggerPlugin{TOptions}"/>, which brings both members.</summary>
public interface ILoggerPlugin
{
    /// <summary>The type to which the <c>Options</c> of a logger are bound.</summary>
    Type OptionsType { get; }

    /// <summary>Creates one logger.</summary>
    /// <param name="options">An <see cref="OptionsType"/>.</param>
    /// <param name="context">What the run gives it.</param>
    ILightningLogger Create(object options, LoggerContext context);
}
