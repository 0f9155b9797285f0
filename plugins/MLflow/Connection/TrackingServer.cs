using System.Net.Http.Headers;

namespace PluginLoggers.MLflow;

/// <summary>The server of a run: its address without credentials, and apart from it what it is shown to be let in.</summary>
internal sealed class TrackingServer
{
    private readonly TrackingCredentials _credentials;

    private TrackingServer(Uri address, TrackingCredentials credentials, TrackingCertificates certificates) =>
        (Address, _credentials, Certificates) = (address, credentials, certificates);

    /// <summary>Scheme, host and path; no user, query, fragment or slash at the end.</summary>
    public Uri Address { get; }

    /// <summary>The address as people are shown it, which is safe: credentials are not in it.</summary>
    public string Display => Address.AbsoluteUri.TrimEnd('/');

    /// <summary>The user of basic authentication, or null.</summary>
    public string? User => _credentials.User;

    /// <summary>The header that lets in, or null.</summary>
    public AuthenticationHeaderValue? Authorization => _credentials.Header;

    /// <summary>How encrypted connections are made.</summary>
    public TrackingCertificates Certificates { get; }

    /// <summary>Whether credentials go over a network unencrypted.</summary>
    public bool ShowsCredentials => Authorization is not null && Address.Scheme == Uri.UriSchemeHttp && !Address.IsLoopback;

    /// <summary>Whether this is the server, or the encrypted side of it: nobody else is shown its credentials.</summary>
    public bool IsAt(Uri uri) => uri.Host == Address.Host
        && ((uri.Scheme == Address.Scheme && uri.Port == Address.Port)
            || (Address.Scheme == Uri.UriSchemeHttp && uri.Scheme == Uri.UriSchemeHttps));

    /// <summary>Reads the options, then the environment.</summary>
    /// <exception cref="LoggerOptionsException">There is no usable address, or an option makes no sense.</exception>
    public static TrackingServer From(MLflowOptions options, Func<string, string?> environment)
    {
        CheckTimeout(nameof(options.Timeout), options.Timeout);
        CheckTimeout(nameof(options.ConnectTimeout), options.ConnectTimeout);
        var variables = new TrackingEnvironment(environment);
        var address = ReadAddress(options, variables);
        var bare = new UriBuilder(address.Scheme, address.Host, address.Port, address.AbsolutePath.TrimEnd('/')).Uri;
        return new TrackingServer(
            bare, TrackingCredentials.From(options, address, variables), TrackingCertificates.From(options, variables));
    }

    private static Uri ReadAddress(MLflowOptions options, TrackingEnvironment environment)
    {
        const string Expected = "the address of a tracking server, such as http://127.0.0.1:5000, here or in MLFLOW_TRACKING_URI";
        var text = environment.First(options.TrackingUri, "MLFLOW_TRACKING_URI")
            ?? throw new LoggerOptionsException(nameof(options.TrackingUri), "nothing", Expected);
        if (Uri.TryCreate(text.Trim(), UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps))
        {
            return address;
        }

        // The rest of it may hold a password.
        var found = text.Trim().Split(':') is [var scheme, _, ..] && scheme.All(char.IsAsciiLetter)
            ? $"'{scheme}:...'"
            : "something that is no URI";
        throw new LoggerOptionsException(nameof(options.TrackingUri), found, Expected);
    }

    private static void CheckTimeout(string option, TimeSpan timeout)
    {
        if (timeout <= TimeSpan.Zero || timeout > TimeSpan.FromDays(1))
        {
            throw new LoggerOptionsException(option, timeout.ToString("c"), "a time above zero, at most a day");
        }
    }
}
