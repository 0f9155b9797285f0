using System.Globalization;

namespace PluginLoggers.Hosting.Tests.Configuration;

public sealed class OptionsBindingTests
{
    [Fact]
    public void Every_kind_of_value_is_bound()
    {
        var options = Settings.Options("""
            { "flushevery": 7, "Limit": -9223372036854775808, "Ratio": 1e-3, "Sync": true, "Separator": ";", "Prefix": null,
              "Day": "monday", "Attributes": "ReadOnly, hidden", "Timeout": "00:00:08.5", "Address": "http://127.0.0.1:5000",
              "Id": "6f9619ff-8b86-d011-b42d-00cf4fc964ff",
              "Names": [ "a", "b" ], "Numbers": [ 3, 1, 2, 4, 5, 6, 7, 8, 9, 10, 11 ], "Set": [ "x", "x" ], "Fixed": [ "only" ],
              "Headers": { "X-Team": "a" }, "ByName": { "one": { "Level": 1 } }, "Nested": { "Level": 2 }, "Own": { "Password": "p" },
              "Steps": [ { "Level": 1 }, { "Level": 2 } ], "Initial": 4, "Guarded": 5 }
            """);

        Assert.Equal((7, long.MinValue, 1e-3, true), (options.FlushEvery, options.Limit, options.Ratio, options.Sync));
        Assert.Equal((";", null, DayOfWeek.Monday), (options.Separator, options.Prefix, options.Day));
        Assert.Equal(FileAttributes.ReadOnly | FileAttributes.Hidden, options.Attributes);
        Assert.Equal((TimeSpan.FromSeconds(8.5), new Uri("http://127.0.0.1:5000")), (options.Timeout, options.Address));
        Assert.Equal(["a", "b"], options.Names);
        Assert.Equal([3, 1, 2, 4, 5, 6, 7, 8, 9, 10, 11], options.Numbers);
        Assert.Equal(["x"], options.Set);
        Assert.Equal(["only"], options.Fixed);
        Assert.Equal("a", options.Headers["x-team"]);
        Assert.Equal((1, 2, 7, "p"), (options.ByName["one"].Level, options.Nested.Level, options.Own.Level, options.Own.Password));
        Assert.Equal([1, 2], options.Steps.Select(step => step.Level));
        Assert.Equal((4, 5), (options.Initial, options.Guarded));
    }

    [Fact]
    public void Without_options_everything_has_its_default()
    {
        var options = Settings.Options("{}");

        Assert.Equal((100, "p", 3), (options.FlushEvery, options.Prefix, options.Initial));
        Assert.Equal(["default"], options.Names);
        Assert.Equal(100, Settings.Options("null").FlushEvery);
    }

    [Fact]
    public void An_empty_list_is_an_empty_list() => Assert.Empty(Settings.Options("""{ "Names": [] }""").Names);

    [Theory]
    [InlineData("""{ "FlushEvry": 3 }""", "FlushEvry: found an unknown name, expected one of ", "; did you mean FlushEvery?")]
    [InlineData("""{ "Zebra": 3 }""", "Zebra: found an unknown name, expected one of FlushEvery, Limit", " more")]
    [InlineData("""{ "Computed": 3 }""", "Computed: found an unknown name", "")]
    [InlineData("""{ "Hidden": 3 }""", "Hidden: found an unknown name", "")]
    [InlineData("""{ "FlushEvery": "many" }""", "FlushEvery: found \"many\", expected a whole number from -2147483648 to 2147483647", "")]
    [InlineData("""{ "FlushEvery": 3.0 }""", "FlushEvery: found \"3.0\"", "")]
    [InlineData("""{ "FlushEvery": 2147483648 }""", "FlushEvery: found \"2147483648\"", "")]
    [InlineData("""{ "FlushEvery": null }""", "FlushEvery: found null, expected a whole number", "")]
    [InlineData("""{ "FlushEvery": "" }""", "FlushEvery: found \"\", expected a whole number", "")]
    [InlineData("""{ "FlushEvery": [ 1 ] }""", "FlushEvery: found a list, expected a whole number", "")]
    [InlineData("""{ "FlushEvery": { "a": 1 } }""", "FlushEvery: found an object, expected a whole number", "")]
    [InlineData("""{ "Sync": "yes" }""", "Sync: found \"yes\", expected true or false", "")]
    [InlineData("""{ "Separator": null }""", "Separator: found null, expected a text", "")]
    [InlineData("""{ "Ratio": "1,5" }""", "Ratio: found \"1,5\", expected a number", "")]
    [InlineData("""{ "Day": "Mondy" }""", "Day: found \"Mondy\", expected one of Sunday", "; did you mean Monday?")]
    [InlineData("""{ "Day": 1 }""", "Day: found \"1\", expected one of Sunday", "")]
    [InlineData("""{ "Timeout": 8 }""", "Timeout: found \"8\", expected a time such as 00:00:08", "")]
    [InlineData("""{ "Timeout": "24:00:00" }""", "Timeout: found \"24:00:00\", expected a time such as 00:00:08", "1.00:00:00 for a day")]
    [InlineData("""{ "Timeout": "7:00:00:00.5" }""", "Timeout: found \"7:00:00:00.5\", expected a time such as", "")]
    [InlineData("""{ "Timeout": "-7:00:00:00" }""", "Timeout: found \"-7:00:00:00\", expected a time such as", "")]
    [InlineData("""{ "Address": "mlflow" }""", "Address: found \"mlflow\", expected an absolute URI such as http://127.0.0.1:5000", "")]
    [InlineData("""{ "Names": "a" }""", "Names: found \"a\", expected a list", "")]
    [InlineData("""{ "Names": { "a": "b" } }""", "Names: found an object, expected a list", "")]
    [InlineData("""{ "Names": [ null ] }""", "Names:0: found null, expected a text", "")]
    [InlineData("""{ "Numbers": [ 1, "x" ] }""", "Numbers:1: found \"x\", expected a whole number", "")]
    [InlineData("""{ "Headers": "a" }""", "Headers: found \"a\", expected an object with names and values", "")]
    [InlineData("""{ "Headers": { "a": null } }""", "Headers:a: found null, expected a text", "")]
    [InlineData("""{ "Nested": "a" }""", "Nested: found \"a\", expected an object with one of Level, Password", "")]
    [InlineData("""{ "Nested": [ 1 ] }""", "Nested: found a list, expected an object with one of Level, Password", "")]
    [InlineData("""{ "Nested": { "Levl": 1 } }""", "Nested:Levl: found an unknown name", "; did you mean Level?")]
    [InlineData("""{ "Own": { "Level": "x" } }""", "Own:Level: found \"x\"", "")]
    [InlineData("""{ "Steps": [ { "Level": 1 }, { "Level": "x" } ] }""", "Steps:1:Level: found \"x\"", "")]
    [InlineData("""{ "Unusual": "x" }""", "Unusual: found a value, expected nothing: the option has the type Stream", "")]
    [InlineData("""{ "Guarded": 0 }""", "Guarded: found \"0\", expected must be greater than zero", "")]
    public void A_mistake_is_told_with_its_path_what_was_found_and_what_was_expected(string options, string start, string end)
    {
        var mistake = Settings.Mistake(options);

        Assert.StartsWith(start, mistake, StringComparison.Ordinal);
        Assert.EndsWith(end, mistake, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "ApiKey": { "hunter2": "hunter2" } }""")]
    [InlineData("""{ "Nested": { "Password": [ "hunter2" ] } }""")]
    [InlineData("""{ "Address": "//joe:hunter2@" }""")]
    [InlineData("""{ "FlushEvery": "http://joe:hunter2@host/" }""")]
    [InlineData("""{ "FlushEvery": "Server=x;Password=hunter2;Other=1" }""")]
    [InlineData("""{ "FlushEvery": "https://host/?access_token=hunter2" }""")]
    public void A_mistake_shows_no_secret(string options) =>
        Assert.DoesNotContain("hunter2", Settings.Mistake(options), StringComparison.Ordinal);

    [Theory]
    [InlineData("23:59:59.5", 86_399.5)]
    [InlineData("0:05", 300)]
    [InlineData("1.00:00:00", 86_400)]
    [InlineData("24.00:00", 24 * 86_400)]
    [InlineData("-00:00:01", -1)]
    [InlineData("-7.00:00:00", -7 * 86_400)]
    public void A_time_is_what_it_says(string text, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Settings.Options($$"""{ "Timeout": "{{text}}" }""").Timeout);

    [Fact]
    public void Values_are_read_alike_in_every_culture()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            Assert.Equal(1.5, Settings.Options("""{ "Ratio": 1.5 }""").Ratio);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
