using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PluginLoggers.MLflow;

/// <summary>Whom an encrypted connection trusts, and with what it shows who this is.</summary>
/// <param name="Authorities">The only ones that may vouch for the server; null for those of the machine.</param>
/// <param name="Client">What the server is shown; null for nothing.</param>
/// <param name="TrustsAnybody">Whether the server may be anybody.</param>
internal sealed record TrackingCertificates(X509Certificate2Collection? Authorities, X509Certificate2? Client, bool TrustsAnybody)
{
    /// <exception cref="LoggerOptionsException">A file is no certificate, or two options contradict each other.</exception>
    public static TrackingCertificates From(MLflowOptions options, TrackingEnvironment environment)
    {
        var trustsAnybody = environment.First(nameof(options.InsecureTls), options.InsecureTls, "MLFLOW_TRACKING_INSECURE_TLS");
        var server = environment.First(options.ServerCertPath, "MLFLOW_TRACKING_SERVER_CERT_PATH");
        if (trustsAnybody && server is not null)
        {
            throw new LoggerOptionsException(
                nameof(options.InsecureTls), $"true, together with {nameof(options.ServerCertPath)}", "one of both");
        }

        var client = environment.First(options.ClientCertPath, "MLFLOW_TRACKING_CLIENT_CERT_PATH");
        return new(
            server is null ? null : Load(nameof(options.ServerCertPath), server, LoadAuthorities),
            client is null ? null : Load(nameof(options.ClientCertPath), client, LoadClient),
            trustsAnybody);
    }

    [SuppressMessage("Security", "CA5359:Do not disable certificate validation", Justification = "The user asked for it, and is told.")]
    public SslClientAuthenticationOptions ToOptions()
    {
        var options = new SslClientAuthenticationOptions();
        if (Authorities is not null)
        {
            options.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            options.CertificateChainPolicy.CustomTrustStore.AddRange(Authorities);
        }

        if (Client is not null)
        {
            options.ClientCertificates = [Client];
        }

        if (TrustsAnybody)
        {
            options.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
        }

        return options;
    }

    private static X509Certificate2Collection LoadAuthorities(string path)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(path);
        return authorities.Count > 0 ? authorities : throw new CryptographicException("There is no certificate in it.");
    }

    /// <summary>Certificate and key in one file. By way of PKCS #12, because Windows shows no certificate whose key is not kept.</summary>
    private static X509Certificate2 LoadClient(string path)
    {
        using var certificate = X509Certificate2.CreateFromPemFile(path);
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }

    private static T Load<T>(string option, string path, Func<string, T> load)
    {
        try
        {
            return load(path);
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new LoggerOptionsException(option, $"'{path}', which cannot be read ({refusal.Message.TrimEnd('.')})", "a PEM file");
        }
    }
}
