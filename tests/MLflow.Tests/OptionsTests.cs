namespace PluginLoggers.MLflow.Tests;

public sealed class OptionsTests
{
    private static readonly Dictionary<string, string?> Nothing = [];

    [Theory]
    [InlineData(null, "nothing")]
    [InlineData("", "nothing")]
    [InlineData("127.0.0.1", "no URI")]
    [InlineData("sqlite:///mlflow.db", "sqlite")]
    [InlineData("file:./mlruns", "file")]
    [InlineData("databricks://profile", "databricks")]
    public void An_address_that_is_none_is_a_mistake_of_the_configuration(string? uri, string found)
    {
        var mistake = Assert.Throws<LoggerOptionsException>(() => Create(new MLflowOptions { TrackingUri = uri }));
        Assert.Equal("TrackingUri", mistake.Path);
        Assert.Contains(found, mistake.Found, StringComparison.Ordinal);
        Assert.Contains("MLFLOW_TRACKING_URI", mistake.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_in_an_address_that_is_none_is_not_shown()
    {
        var mistake = Assert.Throws<LoggerOptionsException>(() => Create(new MLflowOptions { TrackingUri = "ftp://me:s3cret@host" }));
        Assert.DoesNotContain("s3cret", mistake.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:5000", "http://127.0.0.1:5000")]
    [InlineData(" http://127.0.0.1:5000/ ", "http://127.0.0.1:5000")]
    [InlineData("https://me:s3cret@host/mlflow/?x=1#y", "https://host/mlflow")]
    [InlineData("http://[::1]:5000", "http://[::1]:5000")]
    public void An_address_is_shown_without_what_is_none_of_it(string uri, string shown) =>
        Assert.Equal(shown, TrackingServer.From(new MLflowOptions { TrackingUri = uri }, _ => null).Display);

    [Fact]
    public void Options_come_before_the_environment()
    {
        var environment = new Dictionary<string,
            string?>
        { ["MLFLOW_TRACKING_URI"] = "http://from-environment", ["MLFLOW_EXPERIMENT_NAME"] = "named" };
        Assert.Equal("http://from-environment", Create(new MLflowOptions(), environment).Location);
        Assert.Equal("http://from-options", Create(new MLflowOptions { TrackingUri = "http://from-options" }, environment).Location);
    }

    [Theory]
    [InlineData("user", "pw", "token", null, null, null, null, "Basic dXNlcjpwdw==")]
    [InlineData(null, null, "token", "envuser", "envpw", "envtoken", "in:uri@", "Bearer token")]
    [InlineData(null, null, null, "envuser", "envpw", "envtoken", null, "Basic ZW52dXNlcjplbnZwdw==")]
    [InlineData(null, null, null, "envuser", "envpw", "envtoken", "in:u%40i@", "Basic aW46dUBp")]
    [InlineData(null, null, null, null, null, "envtoken", null, "Bearer envtoken")]
    [InlineData(null, null, null, "envuser", null, "envtoken", null, "Bearer envtoken")]
    [InlineData(null, null, null, null, null, null, null, null)]
    public void Credentials_are_taken_in_the_order_of_MLflows_own_client(
        string? user, string? password, string? token, string? environmentUser, string? environmentPassword, string? environmentToken,
            string? inUri, string? expected)
    {
        var environment = new Dictionary<string, string?>
        {
            ["MLFLOW_TRACKING_USERNAME"] = environmentUser,
            ["MLFLOW_TRACKING_PASSWORD"] = environmentPassword,
            ["MLFLOW_TRACKING_TOKEN"] = environmentToken,
        };
        var options = new MLflowOptions { TrackingUri = $"http://{inUri}host", Username = user, Password = password, Token = token };
        Assert.Equal(expected, TrackingServer.From(options, environment.GetValueOrDefault).Authorization?.ToString());
    }

    [Fact]
    public void What_the_environment_lacks_of_a_user_is_taken_from_the_file_of_credentials()
    {
        using var home = new TempFolder();
        home.File(".mlflow/credentials", """
            [other]
            mlflow_tracking_username = nobody

            # MLflow's
            [mlflow]
            mlflow_tracking_username = me
            mlflow_tracking_password = p=w
            """);
        var environment = new Dictionary<string, string?> { ["HOME"] = home.Path, ["MLFLOW_TRACKING_TOKEN"] = "token" };
        Assert.Equal("Basic bWU6cD13", Authorization(environment));
        environment["MLFLOW_TRACKING_USERNAME"] = "you";
        Assert.Equal("Basic eW91OnA9dw==", Authorization(environment));
        environment["HOME"] = Path.Combine(home.Path, "nowhere");
        Assert.Equal("Bearer token", Authorization(environment));
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("TRUE", true)]
    [InlineData("1", true)]
    [InlineData("False", false)]
    [InlineData("0", false)]
    [InlineData("", false)]
    public void A_switch_in_the_environment_is_read_as_MLflows_own_client_reads_it(string text, bool expected)
    {
        var environment = new Dictionary<string, string?> { ["MLFLOW_TRACKING_INSECURE_TLS"] = text };
        var options = new MLflowOptions { TrackingUri = "https://host" };
        Assert.Equal(expected, TrackingServer.From(options, environment.GetValueOrDefault).Certificates.TrustsAnybody);
        options.InsecureTls = !expected;
        Assert.Equal(!expected, TrackingServer.From(options, environment.GetValueOrDefault).Certificates.TrustsAnybody);
    }

    [Fact]
    public void Any_other_word_is_a_mistake()
    {
        var environment = new Dictionary<string, string?> { ["MLFLOW_TRACKING_INSECURE_TLS"] = "yes" };
        var mistake = Assert.Throws<LoggerOptionsException>(() => Create(new MLflowOptions { TrackingUri = "https://host" }, environment));
        Assert.Contains("MLFLOW_TRACKING_INSECURE_TLS", mistake.Found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://example.org", "token", true)]
    [InlineData("http://127.0.0.1:5000", "token", false)]
    [InlineData("http://localhost:5000", "token", false)]
    [InlineData("https://example.org", "token", false)]
    [InlineData("http://example.org", null, false)]
    public void Credentials_in_clear_are_noticed(string address, string? token, bool expected) =>
        Assert.Equal(expected, TrackingServer.From(new MLflowOptions { TrackingUri = address, Token = token }, _ => null).ShowsCredentials);

    private static string? Authorization(Dictionary<string, string?> environment) =>
        TrackingServer.From(new MLflowOptions { TrackingUri = "http://host" }, environment.GetValueOrDefault).Authorization?.ToString();

    public static TheoryData<string, MLflowOptions> Mistakes => new()
    {
        { "Password", new MLflowOptions { Username = "me" } },
        { "Username", new MLflowOptions { Password = "secret" } },
        { "Token", new MLflowOptions { Token = "line\nbreak" } },
        { "Timeout", new MLflowOptions { Timeout = TimeSpan.Zero } },
        { "ConnectTimeout", new MLflowOptions { ConnectTimeout = TimeSpan.FromDays(2) } },
        { "ExperimentName", new MLflowOptions { ExperimentName = new string('x', 501) } },
        { "ExperimentId", new MLflowOptions { ExperimentId = "../7" } },
        { "RunId", new MLflowOptions { RunId = "no id" } },
        { "InsecureTls", new MLflowOptions { InsecureTls = true, ServerCertPath = "ca.pem" } },
        { "ServerCertPath", new MLflowOptions { ServerCertPath = "/there/is/none.pem" } },
        { "ClientCertPath", new MLflowOptions { ClientCertPath = "/there/is/none.pem" } },
        { "RunName", new MLflowOptions { RunName = new string('x', 251) } },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void An_option_that_makes_no_sense_is_named(string path, MLflowOptions options)
    {
        options.TrackingUri = "http://127.0.0.1:9";
        Assert.Equal(path, Assert.Throws<LoggerOptionsException>(() => Create(options)).Path);
    }

    private static MLflowLogger Create(MLflowOptions options, Dictionary<string, string?>? environment = null) =>
        MLflowPlugin.Create(options, new LoggerContext { Key = "mlflow", OutputDirectory = "." },
            (environment ?? Nothing).GetValueOrDefault, TimeProvider.System);
}
