using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using PluginLoggers.Hosting.DependencyInjection;

namespace PluginLoggers.Hosting;

/// <summary>Registers the loggers of a program.</summary>
public static class LightningLoggersServices
{
    /// <summary>
    /// Registers <see cref="ILightningLogger"/> (the run), <see cref="LoggerCollection"/> and <see cref="LightningRun"/> (the same run),
    /// <see cref="ILightningLoggerFactory"/>, and each backend by its key in the configuration. The run is opened when it is first asked
    /// for, or when the generic host starts; mistakes of the configuration are thrown then, all at once.
    /// </summary>
    /// <param name="services">Where to.</param>
    /// <param name="configuration">The whole configuration; the section <c>LightningLoggers</c> is read.</param>
    /// <param name="setup">What is given in code.</param>
    /// <remarks>
    /// The container disposes the run, once. With the generic host, the run is ended when the host has stopped, after everything that still
    /// logs, with the status that fits how it stopped. A second registration changes nothing.
    /// </remarks>
    public static IServiceCollection AddLightningLoggers(
        this IServiceCollection services, IConfiguration configuration, Action<LightningLoggersSetup>? setup = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        services.TryAddSingleton(_ => new LoggersHost(configuration, setup));
        services.TryAddSingleton<ILightningLoggerFactory>(provider => provider.GetRequiredService<LoggersHost>());
        services.TryAddSingleton(provider => provider.GetRequiredService<LoggersHost>().Main);
        services.TryAddSingleton<ILightningLogger>(provider => provider.GetRequiredService<LoggerCollection>());
        services.TryAddSingleton(provider => provider.GetRequiredService<LoggerCollection>() as LightningRun
            ?? throw new InvalidOperationException("This process logs nothing (its rank is not 0) and has no run. "
                    + "Ask for LoggerCollection or ILightningLogger."));
        services.TryAddKeyedSingleton<ILightningLogger>(
            KeyedService.AnyKey,
            (provider, key) => provider.GetRequiredService<LoggerCollection>()[key as string
                ?? throw new ArgumentException(
                    $"Loggers are registered by their keys in the configuration, which are strings; {key} is none.")]);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, RunLifetime>());
        return services;
    }
}
