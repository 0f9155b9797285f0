using PluginLoggers.Hosting.Configuration;

namespace PluginLoggers.Hosting.Tests.Configuration;

public sealed class HyperparameterRedactionTests
{
    private readonly List<string> _told = [];

    [Theory]
    [InlineData("key", true)]
    [InlineData("api_key", true)]
    [InlineData("apiKey", true)]
    [InlineData("APIKey", true)]
    [InlineData("API_KEY", true)]
    [InlineData("data/s3.secret-id", true)]
    [InlineData("hf_token", true)]
    [InlineData("tokenV2", true)]
    [InlineData("token2", true)]
    [InlineData("Password", true)]
    [InlineData("dbPassword", true)]
    [InlineData("max_tokens", false)]
    [InlineData("keys", false)]
    [InlineData("monkey", false)]
    [InlineData("keyboard_layout", false)]
    [InlineData("secretary", false)]
    [InlineData("tokenizer", false)]
    [InlineData("optimizer", false)]
    [InlineData("", false)]
    public void A_text_whose_name_has_such_a_word_is_redacted(string name, bool redacted) =>
        Assert.Equal(redacted ? "[redacted]" : "value", Redact(name, "value"));

    [Fact]
    public void Numbers_and_nulls_stay_whatever_their_name()
    {
        var hyperparams = new Dictionary<string, object?> { ["key_dim"] = 64L, ["token"] = null, ["secret"] = true, ["password"] = 0.5 };

        Assert.Same(hyperparams, Redaction().Redact(hyperparams));
        Assert.Empty(_told);
    }

    [Fact]
    public void The_rest_stays_and_it_is_told_once_a_name_with_the_cure()
    {
        var redaction = Redaction();
        var hyperparams = new Dictionary<string, object?> { ["lr"] = 0.1, ["api_key"] = "hunter2", ["name"] = "x" };

        var redacted = redaction.Redact(hyperparams);
        redaction.Redact(hyperparams);

        Assert.Equal(new Dictionary<string, object?> { ["lr"] = 0.1, ["api_key"] = "[redacted]", ["name"] = "x" }, redacted);
        var message = Assert.Single(_told);
        Assert.Contains("api_key", message, StringComparison.Ordinal);
        Assert.Contains("LightningLoggers:Run:Redaction:Allow", message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", message, StringComparison.Ordinal);
        Assert.Equal("hunter2", hyperparams["api_key"]);
    }

    [Fact]
    public void A_name_is_let_through_in_any_case()
    {
        Assert.Equal("id", Redact("Primary_Key", "id", "primary_key"));
        Assert.Empty(_told);
    }

    [Fact]
    public void Tags_are_redacted_too()
    {
        var tags = Redaction().RedactTags(new Dictionary<string, string> { ["team"] = "a", ["deploy.token"] = "hunter2" });

        Assert.Equal(new Dictionary<string, string> { ["team"] = "a", ["deploy.token"] = "[redacted]" }, tags);
        Assert.Contains("tag deploy.token", Assert.Single(_told), StringComparison.Ordinal);
    }

    [Fact]
    public void A_flood_of_names_is_told_of_in_bounded_number()
    {
        var redaction = Redaction();

        for (var index = 0; index < 1000; index++)
        {
            Assert.Equal("[redacted]", redaction.Redact(new Dictionary<string, object?> { [$"{index}/key"] = "x" })[$"{index}/key"]);
        }

        Assert.InRange(_told.Count, 1, 100);
    }

    private object? Redact(string name, object? value, params string[] allowed) =>
        Redaction(allowed).Redact(new Dictionary<string, object?> { [name] = value })[name];

    private HyperparameterRedaction Redaction(params string[] allowed) => new(new RedactionSettings { Allow = allowed }, _told.Add);
}
