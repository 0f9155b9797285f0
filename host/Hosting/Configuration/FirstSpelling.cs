using Microsoft.Extensions.Configuration;

namespace PluginLoggers.Hosting.Configuration;

/// <summary>How a name is written by the first source that has it, which is the file, not a variable of the environment.</summary>
/// <remarks>Names of a configuration have no case. What is named by one on a disk or a server has.</remarks>
internal static class FirstSpelling
{
    /// <summary>The name as it was first written.</summary>
    /// <param name="configuration">The whole configuration.</param>
    /// <param name="path">The path of the section that has the name.</param>
    /// <param name="name">The name, in any case.</param>
    public static string Of(IConfiguration configuration, string path, string name) => In(configuration, path, name) ?? name;

    private static string? In(IConfiguration configuration, string path, string name) => configuration is IConfigurationRoot root
        ? root.Providers.Select(provider => In(provider, path, name)).FirstOrDefault(found => found is not null)
        : Among(configuration.GetSection(path).GetChildren().Select(child => child.Key), name);

    private static string? In(IConfigurationProvider provider, string path, string name) => provider is ChainedConfigurationProvider chained
        ? In(chained.Configuration, path, name)
        : Among(provider.GetChildKeys([], path), name);

    private static string? Among(IEnumerable<string> names, string name) =>
        names.FirstOrDefault(found => found.Equals(name, StringComparison.OrdinalIgnoreCase));
}
