using System.Net.Http.Headers;
using System.Text;

namespace PluginLoggers.MLflow;

/// <summary>The server of a run: its address without credentials, and apart from it what it is shown to be let in.</summary>
internal sealed class TrackingServer
{
    private TrackingServer(Uri address, string? user, AuthenticationHeaderValue? authorization) =>
        (Address, User, Authorization) = (address, user, authorization);

    /// <summary>Scheme, host and path; no user, query, fragment or slash at the end.</summary>
    public Uri Address { get; }

    /// <summary>The address as people are shown it, which is safe: credentials are not in it.</summary>
    public string Display => Address.AbsoluteUri.TrimEnd('/');

    /// <summary>The user of basic authentication, or null.</summary>
    public string? User { get; }

    /// <summary>The header that lets in, or null.</summary>
    public AuthenticationHeaderValue? Authorization { get; }

    /// <summary>Whether credentials go over a network unencrypted.</summary>
    public bool ShowsCredentials => Authorization is not null && Address.Scheme == Uri.UriSchemeHttp && !Address.IsLoopback;

    /// <summary>
    /// Reads the options, then the environment. The order of credentials is that of MLflow's own client: a user comes before a token.
    /// </summary>
    /// <exception cref="LoggerOptionsException">There is no usable address, half of the credentials, or a timeout that is none.</exception>
    public static TrackingServer From(MLflowOptions options, Func<string, string?> environment)
    {
        CheckTimeout(nameof(options.Timeout), options.Timeout);
        CheckTimeout(nameof(options.ConnectTimeout), options.ConnectTimeout);
        var address = ReadAddress(options, environment);
        var (user, password) = FirstUser(options, address, environment);
        var token = user is null ? NullIfEmpty(options.Token) ?? NullIfEmpty(environment("MLFLOW_TRACKING_TOKEN")) : null;
        if (token is not null && token.Any(char.IsControl))
        {
            throw new LoggerOptionsException(nameof(options.Token), "a token with a line break or another control character",
                "the token alone");
        }

        var authorization = user is not null
            ? new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")))
            : token is not null ? new AuthenticationHeaderValue("Bearer", token) : null;
        var bare = new UriBuilder(address.Scheme, address.Host, address.Port, address.AbsolutePath.TrimEnd('/')).Uri;
        return new TrackingServer(bare, user, authorization);
    }

    private static Uri ReadAddress(MLflowOptions options, Func<string, string?> environment)
    {
        const string Expected = "the address of a tracking server, such as http://127.0.0.1:5000, here or in MLFLOW_TRACKING_URI";
        var text = NullIfEmpty(options.TrackingUri) ?? NullIfEmpty(environment("MLFLOW_TRACKING_URI"))
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

    private static (string? User, string? Password) FirstUser(MLflowOptions options, Uri address, Func<string, string?> environment)
    {
        if (NullIfEmpty(options.Username) is null != NullIfEmpty(options.Password) is null)
        {
            var missing = NullIfEmpty(options.Username) is null ? nameof(options.Username) : nameof(options.Password);
            throw new LoggerOptionsException(missing, "nothing",
                $"both {nameof(options.Username)} and {nameof(options.Password)}, or neither");
        }

        if (NullIfEmpty(options.Username) is { } user)
        {
            return (user, options.Password);
        }

        if (NullIfEmpty(options.Token) is not null)
        {
            return (null, null);
        }

        if (address.UserInfo.Split(':', 2) is [{ Length: > 0 } inAddress, var passwordInAddress])
        {
            return (Uri.UnescapeDataString(inAddress), Uri.UnescapeDataString(passwordInAddress));
        }

        return NullIfEmpty(environment("MLFLOW_TRACKING_USERNAME")) is { } named
            && NullIfEmpty(environment("MLFLOW_TRACKING_PASSWORD")) is { } password
            ? (named, password)
            : (null, null);
    }

    private static void CheckTimeout(string option, TimeSpan timeout)
    {
        if (timeout <= TimeSpan.Zero || timeout > TimeSpan.FromDays(1))
        {
            throw new LoggerOptionsException(option, timeout.ToString("c"), "a time above zero, at most a day");
        }
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
