using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace PluginLoggers.Hosting.Watching;

/// <summary>A provider of somebody else's configuration, looked at and not loaded again.</summary>
internal sealed class BorrowedProvider(IConfigurationProvider provider) : IConfigurationProvider
{
    public bool TryGet(string key, out string? value) => provider.TryGet(key, out value);

    public void Set(string key, string? value)
    {
    }

    public IChangeToken GetReloadToken() => new CancellationChangeToken(CancellationToken.None);

    public void Load()
    {
    }

    public IEnumerable<string> GetChildKeys(IEnumerable<string> earlierKeys, string? parentPath) =>
        provider.GetChildKeys(earlierKeys, parentPath);
}
