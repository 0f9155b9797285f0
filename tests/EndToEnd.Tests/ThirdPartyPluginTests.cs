using PluginLoggers.EndToEnd.Tests.Support;

namespace PluginLoggers.EndToEnd.Tests;

/// <summary>A plug-in that was built elsewhere, against the package of the contract, and dropped in as a folder.</summary>
public sealed class ThirdPartyPluginTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    private string Source => Path.Combine(_folder.FullName, "source");

    private string Packages => Path.Combine(_folder.FullName, "packages");

    public void Dispose() => _folder.Delete(recursive: true);

    [UnixFact("The commands are for a Unix shell.")]
    public async Task The_plug_in_of_the_README_receives_the_run()
    {
        await BuildPluginAsync();
        await File.WriteAllTextAsync(
            Path.Combine(_folder.FullName, "appsettings.json"),
            """{ "LightningLoggers": { "Run": { "Name": "digits" }, "Loggers": { "mine": { "Type": "JsonLines", "Options": { "FileName": "all.jsonl" } } } } }""");

        var listed = await Shell.RunAsync(_folder.FullName, "pluginloggers plugins list");
        var logged = await Shell.RunAsync(
            _folder.FullName, """printf '{"step":1,"loss":0.5}\n{"step":2,"loss":0.25}\n' | pluginloggers log -""");

        Assert.Contains("JsonLines", listed.Output, StringComparison.Ordinal);
        Assert.True(logged.ExitCode == 0, logged.ToString());
        Assert.Equal(
            ["""{"step":1,"name":"loss","value":0.5}""", """{"step":2,"name":"loss","value":0.25}"""],
            File.ReadLines(Path.Combine(_folder.FullName, "runs", "digits", "version_0", "mine", "all.jsonl")));
    }

    private async Task BuildPluginAsync()
    {
        Directory.CreateDirectory(Source);
        await Shell.DotnetAsync(
            Repository.Root,
            Packages,
            "pack",
            "abstractions",
            "--no-build",
            "--configuration",
            Repository.Configuration,
            "--output",
            Source);
        File.Copy(Repository.At("tests/EndToEnd.Tests/Snippets/JsonLinesPlugin.cs"), Path.Combine(Source, "JsonLinesPlugin.cs"));
        await File.WriteAllTextAsync(Path.Combine(Source, "nuget.config"), """
            <configuration><packageSources><clear /><add key="here" value="." /></packageSources></configuration>
            """);
        await File.WriteAllTextAsync(Path.Combine(Source, "ThirdParty.JsonLines.csproj"), """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <EnableDynamicLoading>true</EnableDynamicLoading>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="PluginLoggers.Abstractions" Version="1.0.0" ExcludeAssets="runtime" />
              </ItemGroup>
            </Project>
            """);
        await Shell.DotnetAsync(
            Source, Packages, "publish", "--output", Path.Combine(_folder.FullName, "plugins", "ThirdParty.JsonLines"));
    }
}
