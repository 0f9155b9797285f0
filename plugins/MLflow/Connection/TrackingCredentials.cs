using System.Net.Http.Headers;
using System.Text;

namespace PluginLoggers.MLflow;

/// <summary>
/// What a server is shown to be let in. The order is that of MLflow's own client: a user comes before a token, and an environment
/// variable before <c>~/.mlflow/credentials</c>; the options come before all of them.
/// </summary>
/// <param name="User">The user of basic authentication, or null.</param>
/// <param name="Header">The header that lets in, or null.</param>
internal sealed record TrackingCredentials(string? User, AuthenticationHeaderValue? Header)
{
    /// <exception cref="LoggerOptionsException">Half of a user and a password, or a token that no header can hold.</exception>
    public static TrackingCredentials From(MLflowOptions options, Uri address, TrackingEnvironment environment)
    {
        if (FirstUser(options, address, environment) is { } found)
        {
            var bytes = Encoding.UTF8.GetBytes($"{found.User}:{found.Password}");
            return new(found.User, new AuthenticationHeaderValue("Basic", Convert.ToBase64String(bytes)));
        }

        var token = environment.First(options.Token, "MLFLOW_TRACKING_TOKEN");
        return token?.Any(char.IsControl) is true
            ? throw new LoggerOptionsException(
                nameof(options.Token), "a token with a line break or another control character", "the token alone")
            : new(null, token is null ? null : new AuthenticationHeaderValue("Bearer", token));
    }

    /// <inheritdoc/>
    public override string ToString() => Header is null ? "no credentials" : $"credentials ({Header.Scheme})";

    private static (string User, string Password)? FirstUser(MLflowOptions options, Uri address, TrackingEnvironment environment)
    {
        var (user, password) = (TrackingEnvironment.NullIfBlank(options.Username), TrackingEnvironment.NullIfBlank(options.Password));
        if (user is null != password is null)
        {
            throw new LoggerOptionsException(user is null ? nameof(options.Username) : nameof(options.Password), "nothing",
                $"both {nameof(options.Username)} and {nameof(options.Password)}, or neither");
        }

        if (user is not null)
        {
            return (user, password!);
        }

        if (TrackingEnvironment.NullIfBlank(options.Token) is not null)
        {
            return null;
        }

        if (address.UserInfo.Split(':', 2) is [{ Length: > 0 } inAddress, var passwordInAddress])
        {
            return (Uri.UnescapeDataString(inAddress), Uri.UnescapeDataString(passwordInAddress));
        }

        var file = CredentialsFile.Read(environment);
        return (environment.Variable("MLFLOW_TRACKING_USERNAME") ?? file.User) is { } named
            && (environment.Variable("MLFLOW_TRACKING_PASSWORD") ?? file.Password) is { } secret
            ? (named, secret)
            : null;
    }
}
