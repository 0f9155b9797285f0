using Microsoft.Extensions.Configuration;

namespace PluginLoggers.Hosting.Watching;

/// <summary>Reads the files of a configuration anew, whether it reloads them itself or not.</summary>
/// <remarks>
/// The user's own object is left as it is: to reload that would empty it while a file is half written, and tell all its listeners each
/// time.
/// </remarks>
internal static class FreshConfiguration
{
    /// <summary>The configuration as it stands now; to be disposed.</summary>
    /// <param name="configuration">The user's.</param>
    /// <exception cref="InvalidDataException">A file of it cannot be read.</exception>
    /// <exception cref="FileNotFoundException">A file that it must have is gone.</exception>
    public static ConfigurationRoot Of(IConfiguration configuration) => new([.. ProvidersOf(configuration).Select(Fresh)]);

    private static IEnumerable<IConfigurationProvider> ProvidersOf(IConfiguration configuration) => configuration is IConfigurationRoot root
        ? root.Providers.SelectMany(provider => provider is ChainedConfigurationProvider { Configuration: IConfigurationRoot inner }
            ? ProvidersOf(inner)
            : [provider])
        : [new ChainedConfigurationProvider(new ChainedConfigurationSource { Configuration = configuration })];

    private static IConfigurationProvider Fresh(IConfigurationProvider provider) =>
        provider is FileConfigurationProvider file ? file.Source.Build(new ConfigurationBuilder()) : new BorrowedProvider(provider);
}
