namespace PluginLoggers.Faults;

/// <summary>A request that came to the proxy.</summary>
/// <param name="Method">The verb.</param>
/// <param name="Target">Path and query, as sent.</param>
/// <param name="Host">The header of that name.</param>
/// <param name="Authorization">The header of that name, or null.</param>
/// <param name="Connection">Tells connections apart.</param>
/// <param name="ClientCertificate">The thumbprint of the certificate that the client showed, or null.</param>
public sealed record ProxiedRequest(
    string Method, string Target, string? Host, string? Authorization, string Connection, string? ClientCertificate);
