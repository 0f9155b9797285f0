namespace PluginLoggers;

/// <summary>
/// Makes loggers of one kind. A class with a parameterless constructor and a <see cref="LoggerPluginAttribute"/> is a plug-in.
/// </summary>
/// <typeparam name="TOptions">
/// A class with settable properties and defaults, to which <c>Options</c> in the configuration is bound; a name that it does not have is an
/// error of the configuration.
/// </typeparam>
public interface ILoggerPlugin<TOptions> : ILoggerPlugin
    where TOptions : class, new()
{
    Type ILoggerPlugin.OptionsType => typeof(TOptions);

    ILightningLogger ILoggerPlugin.Create(object options, LoggerContext context) => Create((TOptions)options, context);

    /// <summary>
    /// Creates one logger; called anew, with the bookmark of its last save, when an earlier one has failed. It must be quick and not touch
    /// the network: what can fail for a time belongs into <see cref="ILightningLogger.SaveAsync"/>.
    /// </summary>
    /// <param name="options">The options of the configuration.</param>
    /// <param name="context">What the run gives it.</param>
    /// <exception cref="LoggerOptionsException">The options make no sense; told as a mistake of the configuration.</exception>
    ILightningLogger Create(TOptions options, LoggerContext context);
}
