using Microsoft.Extensions.Configuration;
using PluginLoggers.Hosting.Configuration;
using PluginLoggers.Hosting.Plugins;
using PluginLoggers.Hosting.Tests.Plugins;

namespace PluginLoggers.Hosting.Tests.Configuration;

public sealed class LoggersConfigurationTests
{
    [Fact]
    public void Everything_that_can_be_said_is_read()
    {
        var configuration = Settings.Read("""
            { "LightningLoggers": {
                "Run": { "Name": "vision/digits", "Version": "fold_1", "SaveDir": "out", "Journal": "delete", "Rank": 0,
                         "Tags": { "team": "a" }, "SystemMetrics": { "Enabled": true, "Interval": "00:01:00" }, "Redaction": { "Allow": [ "primary_key" ] } },
                "Plugins": { "Folders": [ "a", "b" ], "Watch": true },
                "Delivery": { "ShutdownTimeout": "00:00:02", "StallTimeout": "00:00:00.5" },
                "Loggers": { "one": { "Type": "sample", "Include": [ "val/*" ], "Exclude": [ "val/secret" ],
                                      "Options": { "FlushEvery": 5 } },
                             "two": { "Type": "Other" } } } }
            """);

        Assert.Equal(("vision/digits", "fold_1", "out"), (configuration.Run.Name, configuration.Run.Version, configuration.Run.SaveDir));
        Assert.Equal((JournalRetention.Delete, 0), (configuration.Run.Journal, configuration.Run.Rank));
        Assert.Equal("a", configuration.Run.Tags["team"]);
        Assert.Equal((true, TimeSpan.FromMinutes(1)), (configuration.Run.SystemMetrics.Enabled, configuration.Run.SystemMetrics.Interval));
        Assert.Equal(["primary_key"], configuration.Run.Redaction.Allow);
        Assert.Equal(["a", "b"], configuration.Plugins.Folders);
        Assert.True(configuration.Plugins.Watch);
        Assert.Equal(
            (TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(0.5)),
            (configuration.Delivery.ShutdownTimeout, configuration.Delivery.StallTimeout));
        var one = configuration.Loggers[0];
        Assert.Equal(("one", "Sample", true, 5), (one.Key, one.Type, one.Enabled, Assert.IsType<SampleOptions>(one.Options).FlushEvery));
        Assert.Equal([true, false, false], new[] { "val/loss", "val/secret", "train/loss" }.Select(one.Filter.Accepts));
        Assert.NotNull(one.Plugin);
        Assert.Equal(("two", "Other"), (configuration.Loggers[1].Key, configuration.Loggers[1].Type));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{ "LightningLoggers": {} }""")]
    [InlineData("""{ "LightningLoggers": { "Run": {}, "Plugins": null, "Delivery": {}, "Loggers": {} } }""")]
    public void What_is_not_said_has_its_default(string json)
    {
        var configuration = Settings.Read(json);

        Assert.Equal(("lightning_logs", null, "runs"), (configuration.Run.Name, configuration.Run.Version, configuration.Run.SaveDir));
        Assert.Equal(
            (false, TimeSpan.FromSeconds(10)), (configuration.Run.SystemMetrics.Enabled, configuration.Run.SystemMetrics.Interval));
        Assert.Equal((JournalRetention.Keep, null), (configuration.Run.Journal, configuration.Run.Rank));
        Assert.Equal(["plugins"], configuration.Plugins.Folders);
        Assert.Equal(
            (TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(1.5)),
            (configuration.Delivery.ShutdownTimeout, configuration.Delivery.StallTimeout));
        Assert.Empty(configuration.Loggers);
    }

    [Fact]
    public void The_example_of_the_project_is_read()
    {
        var configuration = LoggersConfiguration.ReadWithoutPlugins(Settings.Json("""
            { "LightningLoggers": {
                "Run":      { "Name": "digits", "Version": null, "SaveDir": "runs", "Journal": "Keep", "Tags": { "team": "a" } },
                "Plugins":  { "Folders": [ "plugins" ], "Watch": false },
                "Delivery": { "ShutdownTimeout": "00:00:08" },
                "Loggers": {
                  "tensorboard": { "Type": "TensorBoard" },
                  "csv":         { "Type": "Csv", "Include": [ "val/*" ] },
                  "mlflow":      { "Type": "MLflow", "Enabled": false, "Options": { "TrackingUri": "http://127.0.0.1:5000" } } } } }
            """));

        Assert.Equal(
            [("csv", true), ("mlflow", false), ("tensorboard", true)],
            configuration.Loggers.Select(logger => (logger.Key, logger.Enabled)));
        Assert.All(configuration.Loggers, logger => Assert.Null(logger.Plugin));
    }

    [Fact]
    public void One_value_is_overridden_from_the_environment()
    {
        const string Variable = "PLUGINLOGGERS_TEST_LightningLoggers__Loggers__mlflow__Options__Address";
        Environment.SetEnvironmentVariable(Variable, "http://example.org");
        try
        {
            var configuration = new ConfigurationBuilder()
                .AddConfiguration(Settings.Json("""
                    { "LightningLoggers": { "Loggers": { "mlflow": { "Type": "Sample", "Options": { "Separator": ";" } } } } }
                    """))
                .AddEnvironmentVariables("PLUGINLOGGERS_TEST_")
                .Build();

            var options = Assert.IsType<SampleOptions>(Assert.Single(Settings.Read(configuration).Loggers).Options);

            Assert.Equal((";", new Uri("http://example.org")), (options.Separator, options.Address));
        }
        finally
        {
            Environment.SetEnvironmentVariable(Variable, null);
        }
    }

    [Fact]
    public void A_key_is_written_as_in_the_first_source_that_has_it()
    {
        var file = Settings.Json("""{ "LightningLoggers": { "Loggers": { "mlflow": { "Type": "Sample" } } } }""");
        IConfigurationBuilder[] builders =
        [
            new ConfigurationBuilder().AddConfiguration(file),
            new ConfigurationBuilder().AddJsonStream(new MemoryStream(
                """{ "LightningLoggers": { "Loggers": { "mlflow": { "Type": "Sample" } } } }"""u8.ToArray())),
        ];
        foreach (var builder in builders)
        {
            var configuration = builder
                .AddInMemoryCollection(new Dictionary<string, string?>
                {
                    ["LIGHTNINGLOGGERS:LOGGERS:MLFLOW:ENABLED"] = "true",
                    ["LIGHTNINGLOGGERS:LOGGERS:LATER:TYPE"] = "Sample",
                })
                .Build();

            Assert.Equal(["LATER", "mlflow"], Settings.Read(configuration).Loggers.Select(logger => logger.Key));
        }
    }

    [Fact]
    public void Every_mistake_is_told_in_one_go_with_a_line_each()
    {
        var mistakes = Settings.Mistakes("""
            { "LightningLoggers": {
                "Rum": {},
                "Run": { "Name": "../x", "Versoin": "1", "Journal": "Keeep", "Rank": -1, "SystemMetrics": { "Interval": "00:00:00.01" } },
                "Plugins": { "Folders": [ "" ], "Watch": "maybe" },
                "Delivery": { "ShutdownTimeout": 8, "StallTimeout": "-00:00:01" },
                "Loggers": {
                  "..": { "Type": "Sample" },
                  "a": { "Type": "Sampel" },
                  "b": { "Typ": "Sample" },
                  "c": { "Type": "Sample", "Options": { "FlushEvry": 3, "Ratio": "x" }, "Include": [ "a***" ] },
                  "d": "Sample",
                  "e": { "Type": "Sample", "Enabled": "sometimes", "Options": "none" },
                  "f": { "Type": "Sample", "Enabled": false, "Inclde": [] } } } }
            """);

        Assert.Equal("Rum: found an unknown section, expected one of Run, Plugins, Delivery, Loggers; did you mean Run?", mistakes[0]);
        Assert.Contains("Run:Journal: found \"Keeep\", expected one of Keep, Delete; did you mean Keep?", mistakes);
        Assert.Contains(mistakes, line => line.StartsWith("Run:Name: The part of the run name \"..\"", StringComparison.Ordinal));
        AssertTold(mistakes, "Run:Versoin: found an unknown name, expected ", "; did you mean Version?");
        Assert.Contains("Run:Rank: found -1, expected 0 or more", mistakes);
        Assert.Contains("Run:SystemMetrics:Interval: found \"00:00:00.0100000\", expected a time from 00:00:00.1 to 1.00:00:00", mistakes);
        Assert.Contains("Plugins:Folders:0: found \"\", expected a folder", mistakes);
        Assert.Contains("Plugins:Watch: found \"maybe\", expected true or false", mistakes);
        Assert.Contains("Delivery:ShutdownTimeout: found \"8\", expected a time such as 00:00:08, or 1.00:00:00 for a day", mistakes);
        Assert.Contains("Delivery:StallTimeout: found \"-00:00:01\", expected a time from 00:00:00 to 1.00:00:00", mistakes);
        Assert.Contains(mistakes, line => line.StartsWith("Loggers:..: The logger key \"..\"", StringComparison.Ordinal));
        AssertTold(mistakes, "Loggers:a:Type: found \"Sampel\", expected ", "; did you mean Sample?");
        AssertTold(mistakes, "Loggers:b:Typ: found an unknown name, expected ", "; did you mean Type?");
        Assert.Contains("Loggers:b:Type: found nothing, expected the alias of a plug-in, one of Other, Sample", mistakes);
        Assert.Contains(mistakes, line => line.StartsWith("Loggers:c:Options:FlushEvry: ", StringComparison.Ordinal));
        Assert.Contains("Loggers:c:Options:Ratio: found \"x\", expected a number", mistakes);
        Assert.Contains("Loggers:c:Include:0: found \"a***\", expected a pattern for metric names: at most two * in a row", mistakes);
        Assert.Contains("Loggers:d: found \"Sample\", expected an object with one of Type, Enabled, Include, Exclude, Options", mistakes);
        Assert.Contains("Loggers:e:Enabled: found \"sometimes\", expected true or false", mistakes);
        AssertTold(mistakes, "Loggers:e:Options: found \"none\", expected an object with one of FlushEvery", " more");
        AssertTold(mistakes, "Loggers:f:Inclde: found an unknown name, expected ", "; did you mean Include?");
        Assert.Equal(21, mistakes.Length);
    }

    [Theory]
    [InlineData("""{ "Loggers": [ { "Type": "Sample" } ] }""", "Loggers: found a list, expected an object with")]
    [InlineData("""{ "Loggers": "Sample" }""", "Loggers: found \"Sample\", expected an object with")]
    [InlineData("""{ "LightningLoggers": "on" }""", "LightningLoggers: found \"on\", expected an object")]
    [InlineData("""{ "LightningLogger": { "Loggers": {} } }""", "LightningLogger: found an unknown section, expected LightningLoggers")]
    [InlineData("""{ "Run": { "Name": null } }""", "Run:Name: found null, expected a text")]
    [InlineData("""{ "Run": { "Tags": { "a": null } } }""", "Run:Tags:a: found null, expected a text")]
    [InlineData("""{ "Run": "digits" }""", "Run: found \"digits\", expected an object with one of Name")]
    [InlineData("""{ "Loggers": { "x": null } }""", "Loggers:x:Type: found nothing, expected the alias of a plug-in")]
    [InlineData("""{ "Loggers": { "a/b": { "Type": "Sample" } } }""", "Loggers:a/b: The logger key \"a/b\"")]
    [InlineData("""{ "Loggers": { "nul": { "Type": "Sample" } } }""", "Loggers:nul: The logger key \"nul\"")]
    [InlineData("""{ "Loggers": { ".pluginloggers": { "Type": "Sample" } } }""", "Loggers:.pluginloggers: The logger key")]
    [InlineData("""{ "Loggers": { "x": { "Type": [ "Sample" ] } } }""", "Loggers:x:Type: found a list, expected a text")]
    [InlineData("""{ "Loggers": { "x": { "Type": "Sample", "Options": [ 1 ] } } }""", "Loggers:x:Options: found a list")]
    public void A_shape_that_is_wrong_is_one_mistake(string json, string start) =>
        Assert.StartsWith(start, Assert.Single(Settings.Mistakes(Whole(json))), StringComparison.Ordinal);

    [Fact]
    public void A_logger_that_is_not_enabled_needs_no_plugin()
    {
        var logger = Assert.Single(Settings.Read("""
            { "LightningLoggers": { "Loggers": { "x": { "Type": "Nobody", "Enabled": false, "Options": { "Anything": 1 } } } } }
            """).Loggers);

        Assert.Equal((false, "Nobody", null, null), (logger.Enabled, logger.Type, logger.Plugin, logger.Options));
    }

    [Fact]
    public void A_plugin_that_cannot_be_used_is_told_with_code_file_and_cure_where_it_is_selected_and_nowhere_else()
    {
        using var yard = new PluginYard();
        yard.Install("Json12");
        File.Delete(yard["Json12/Newtonsoft.Json.dll"]);
        yard.Write("Acme.Comet/Acme.Comet.dll", "rubbish"u8);
        yard.Install("Faulty");
        PluginCatalog Discover(PluginSettings settings) => yard.Discover();
        LoggersConfiguration Read(string type) => LoggersConfiguration.Read(
            Settings.Json($$"""{ "LightningLoggers": { "Loggers": { "x": { "Type": "{{type}}" } } } }"""), Discover);

        Assert.NotNull(Read("Nested").Loggers[0].Plugin);
        (string, string)[] unusable = [("Json12", "PL004"), ("comet", "PL001"), ("Acme.Comet", "PL001"), ("ThrowsInConstructor", "PL008")];
        foreach (var (type, code) in unusable)
        {
            var message = Assert.Throws<LoggersConfigurationException>(() => Read(type)).Message;
            Assert.StartsWith($"LightningLoggers:Loggers:x:Type: {code} {yard.Root}", message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', message);
        }

        var unknown = Assert.Throws<LoggersConfigurationException>(() => Read("Tensorbord")).Message;
        Assert.Contains("more cannot be used, see: pluginloggers plugins", unknown, StringComparison.Ordinal);
    }

    [Fact]
    public void The_plugins_of_the_project_can_be_selected_and_need_no_options()
    {
        var configuration = LoggersConfiguration.Read(Settings.Json("""
            { "LightningLoggers": { "Loggers": {
                "csv": { "Type": "csv" }, "mlflow": { "Type": "mlflow" }, "tensorboard": { "Type": "tensorboard" } } } }
            """));

        Assert.Equal(["Csv", "MLflow", "TensorBoard"], configuration.Loggers.Select(logger => logger.Type));
        Assert.All(configuration.Loggers, logger => Assert.IsType(logger.Plugin!.OptionsType, logger.Options));
    }

    [Theory]
    [InlineData(typeof(OptionsThatThrow), "the plug-in's OptionsThatThrow cannot be used: no options today")]
    [InlineData(typeof(Stream), "the plug-in's Stream cannot be used: ")]
    public void Options_that_cannot_be_created_are_a_mistake_of_the_plugin_and_told_as_one(Type optionsType, string start)
    {
        var catalog = new PluginCatalog();
        catalog.Add(new RawPlugin(optionsType));

        var exception = Assert.Throws<LoggersConfigurationException>(() => LoggersConfiguration.Read(
            Settings.Json("""{ "LightningLoggers": { "Loggers": { "x": { "Type": "Raw" } } } }"""), _ => catalog));

        Assert.StartsWith($"LightningLoggers:Loggers:x:Options: {start}", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_of_plugins_that_is_not_there_is_said_to_be_missing()
    {
        const string Json = """{ "LightningLoggers": { "Plugins": { "Folders": [ "nowhere" ] }, "Loggers": { "x": { "Type": "Csv" } } } }""";
        var exception = Assert.Throws<LoggersConfigurationException>(
            () => LoggersConfiguration.Read(Settings.Json(Json), _ => new PluginCatalog()));

        Assert.EndsWith(
            "none was found in nowhere: no such folder, beside the application or in the working directory",
            exception.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Loggers_outside_of_the_section_are_not_ignored()
    {
        var exception = Assert.Throws<LoggersConfigurationException>(() => LoggersConfiguration.Read(
            Settings.Json("""{ "Run": { "Name": "x" }, "Loggers": { "csv": { "Type": "Csv" } } }"""), _ => new PluginCatalog()));

        Assert.Equal("Loggers: found loggers outside of their section, expected them in LightningLoggers:Loggers", exception.Message);
    }

    [Fact]
    public void Without_any_plugin_the_folders_that_were_searched_are_named()
    {
        var exception = Assert.Throws<LoggersConfigurationException>(() => LoggersConfiguration.Read(
            Settings.Json("""{ "LightningLoggers": { "Loggers": { "x": { "Type": "Csv" } } } }"""), _ => new PluginCatalog()));

        Assert.EndsWith(
            ":x:Type: found \"Csv\", expected the alias of a plug-in, of which none was found in "
                + Path.Combine(AppContext.BaseDirectory, "plugins") + "; Plugins:Folders names more folders",
            exception.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_type_says_where_plugins_were_looked_for_and_how_to_look_elsewhere()
    {
        var exception = Assert.Throws<LoggersConfigurationException>(() => LoggersConfiguration.Read(
            Settings.Json("""{ "LightningLoggers": { "Loggers": { "x": { "Type": "JsonLines" } } } }""")));

        Assert.EndsWith(
            "one of Csv, MLflow, TensorBoard; looked for in "
                + Path.Combine(AppContext.BaseDirectory, "plugins") + ", and Plugins:Folders names more folders",
            exception.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Without_any_folder_that_is_what_is_said()
    {
        const string Json = """{ "LightningLoggers": { "Plugins": { "Folders": [] }, "Loggers": { "x": { "Type": "Csv" } } } }""";
        var exception = Assert.Throws<LoggersConfigurationException>(() => LoggersConfiguration.Read(Settings.Json(Json)));

        Assert.EndsWith("of which none was found: Plugins:Folders names no folder", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_plugin_says_of_its_options_is_a_mistake_with_its_whole_path()
    {
        var mistake = ConfigurationMistake.Of("mlflow", new LoggerOptionsException("TrackingUri", "\"ftp://x\"", "an http address"));

        Assert.Equal(
            "LightningLoggers:Loggers:mlflow:Options:TrackingUri: found \"ftp://x\", expected an http address", mistake.ToString());
        var whole = ConfigurationMistake.Of("k", new LoggerOptionsException("both or\nnone"));
        Assert.Equal("LightningLoggers:Loggers:k:Options: both or none", whole.ToString());
        var secret = ConfigurationMistake.Of("k", new LoggerOptionsException("Password", "hunter2", "more"));
        Assert.DoesNotContain("hunter2", secret.ToString(), StringComparison.Ordinal);
    }

    [LoggerPlugin("Raw")]
    private sealed class RawPlugin(Type optionsType) : ILoggerPlugin
    {
        public Type OptionsType => optionsType;

        public ILightningLogger Create(object options, LoggerContext context) => new DummyLogger();
    }

    private sealed class OptionsThatThrow
    {
        public OptionsThatThrow() => throw new InvalidOperationException("no options today");
    }

    private static string Whole(string json) =>
        json.StartsWith("{ \"Lightning", StringComparison.Ordinal) ? json : $$"""{ "LightningLoggers": {{json}} }""";

    private static void AssertTold(string[] mistakes, string start, string end) => Assert.Contains(
        mistakes, line => line.StartsWith(start, StringComparison.Ordinal) && line.EndsWith(end, StringComparison.Ordinal));
}
