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

    public static TheoryData<string, MLflowOptions> Mistakes => new()
    {
        { "Password", new MLflowOptions { Username = "me" } },
        { "Username", new MLflowOptions { Password = "secret" } },
        { "Token", new MLflowOptions { Token = "line\nbreak" } },
        { "Timeout", new MLflowOptions { Timeout = TimeSpan.Zero } },
        { "ConnectTimeout", new MLflowOptions { ConnectTimeout = TimeSpan.FromDays(2) } },
        { "ExperimentName", new MLflowOptions { ExperimentName = new string('x', 501) } },
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
