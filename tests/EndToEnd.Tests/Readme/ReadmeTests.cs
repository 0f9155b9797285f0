using System.Text.RegularExpressions;
using PluginLoggers.EndToEnd.Tests.Support;

namespace PluginLoggers.EndToEnd.Tests.Readme;

/// <summary>What the README shows is what there is: each block of code is compiled, each command and each configuration is run.</summary>
public sealed partial class ReadmeTests : IDisposable
{
    private const string FromSource = "dotnet run --project host/Cli -- ";

    private static readonly string Readme = Repository.Read("README.md");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public static TheoryData<string> Commands => [.. Blocks("sh").SelectMany(static block => block.Lines)];

    public static TheoryData<string> Configurations => [.. Blocks("json").Select(static block => block.Text)];

    public static TheoryData<string> Snippets => [.. Blocks("csharp").Select(static block => block.Text)];

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Every_block_is_of_a_kind_that_is_tested() =>
        Assert.All(CodeBlock.Of(Readme), static block => Assert.Contains(block.Language, (string[])["sh", "json", "csharp", "text"]));

    [Theory]
    [MemberData(nameof(Snippets))]
    public void A_snippet_is_part_of_what_is_compiled_and_run_here(string snippet) =>
        Assert.Contains(Directory.GetFiles(Repository.At("tests/EndToEnd.Tests/Snippets")), file =>
            Unindented(File.ReadAllText(file)).Contains(Unindented(snippet), StringComparison.Ordinal));

    [Theory]
    [InlineData("Csv")]
    [InlineData("MLflow")]
    [InlineData("TensorBoard")]
    public void The_options_of_a_backend_are_listed(string type)
    {
        var source = Repository.Read($"plugins/{type}/{type}Options.cs");
        var options = OptionProperty().Matches(source).Select(match => match.Groups[1].Value).ToList();
        var rows = string.Join('\n', Readme.Split('\n').Where(line => line.StartsWith($"| `{type}`", StringComparison.Ordinal)));

        Assert.NotEmpty(options);
        Assert.All(options, option => Assert.Contains($"`{option}`", rows, StringComparison.Ordinal));
    }

    [UnixTheory("The commands are for a Unix shell.")]
    [MemberData(nameof(Commands))]
    public async Task A_command_does_its_work(string command)
    {
        if (command.StartsWith("dotnet ", StringComparison.Ordinal) && !command.StartsWith(FromSource, StringComparison.Ordinal))
        {
            // Building, testing and packing is what the pipeline does.
            Assert.Contains(command, Repository.Read(".ci/run"), StringComparison.Ordinal);
            return;
        }

        // What there is to be imported.
        var logs = Directory.CreateDirectory(Path.Combine(_folder.FullName, "lightning_logs", "version_0")).FullName;
        await File.WriteAllTextAsync(Path.Combine(logs, "metrics.csv"), "loss,step\r\n0.5,1\r\n");

        var result = await Shell.RunAsync(_folder.FullName, command.Replace(FromSource, "pluginloggers ", StringComparison.Ordinal));

        Assert.True(result.ExitCode == 0, result.ToString());
    }

    [UnixTheory("The commands are for a Unix shell.")]
    [MemberData(nameof(Configurations))]
    public async Task A_configuration_is_accepted_and_a_run_follows_it(string configuration)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "appsettings.json"), configuration);

        var result = await Shell.RunAsync(_folder.FullName, """echo '{"step":1,"loss":0.5}' | pluginloggers log -""");

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Single(Directory.GetFiles(_folder.FullName, "run.json", SearchOption.AllDirectories));
    }

    [Fact]
    public void The_table_of_codes_is_that_of_the_host()
    {
        var codes = Code().Matches(Repository.Read("host/Hosting/Plugins/PluginDefects.cs")).Select(static match => match.Value).Distinct()
            .Order();

        Assert.Equal(codes, TableCode().Matches(Readme).Select(static match => match.Groups[1].Value));
    }

    [Fact]
    public void Every_link_leads_to_a_file() =>
        Assert.All(Link().Matches(Readme), static link => Assert.True(Path.Exists(Repository.At(link.Groups[1].Value)), link.Value));

    private static IEnumerable<CodeBlock> Blocks(string language) => CodeBlock.Of(Readme).Where(block => block.Language == language);

    private static string Unindented(string code) =>
        string.Join('\n', code.ReplaceLineEndings("\n").Split('\n').Select(static line => line.Trim()));

    [GeneratedRegex(@"^    public [^=(]* (\w+) \{ get; set; \}", RegexOptions.Multiline)]
    private static partial Regex OptionProperty();

    [GeneratedRegex(@"PL\d{3}")]
    private static partial Regex Code();

    [GeneratedRegex(@"^\| `(PL\d{3})` \|", RegexOptions.Multiline)]
    private static partial Regex TableCode();

    [GeneratedRegex(@"\]\((?!https?:|#)([^)#]+)")]
    private static partial Regex Link();
}
