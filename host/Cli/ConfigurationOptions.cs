using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace PluginLoggers.Cli;

/// <summary>The options that say which configuration a command uses; every command has them.</summary>
internal sealed class ConfigurationOptions
{
    private const string FileName = "appsettings.json";
    private const string Section = "LightningLoggers";

    public Option<FileInfo?> File { get; } = new("--config")
    {
        Description = $"The configuration, instead of {FileName} (in the working directory, then beside the program)",
        HelpName = "FILE",
        Recursive = true,
    };

    public Option<string[]> Overrides { get; } = new("--set")
    {
        Description = "Sets one value of the configuration, such as Run:Name=mnist; repeatable, comes before everything else",
        HelpName = "Section:Key=Value",
        Recursive = true,
        DefaultValueFactory = _ => [],
    };

    public ConfigurationOptions() => Overrides.Validators.Add(Validate);

    /// <summary>Reads the configuration: the file, then environment variables, then what <c>--set</c> says.</summary>
    /// <exception cref="UsageException">The file is not there or is no JSON.</exception>
    public IConfiguration Load(ParseResult parsed)
    {
        var builder = new ConfigurationBuilder();
        if (FindFile(parsed.GetValue(File)) is { } file)
        {
            builder.AddJsonFile(file, optional: false, reloadOnChange: false);
        }

        var overrides = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var assignment in parsed.GetRequiredValue(Overrides))
        {
            var (key, value) = Split(assignment);
            overrides[key] = value;
        }

        try
        {
            return builder.AddEnvironmentVariables().AddInMemoryCollection(overrides).Build();
        }
        catch (InvalidDataException failure)
        {
            throw new UsageException($"{failure.Message} {Reason(failure.GetBaseException())}");
        }
    }

    private static string Reason(Exception failure)
    {
        // The parser counts lines and bytes from 0, and says so at the end of its message; editors count from 1.
        return failure is JsonException { LineNumber: { } line, BytePositionInLine: { } position }
            ? string.Create(
                CultureInfo.InvariantCulture, $"Line {line + 1}, byte {position + 1}: {failure.Message.Split(" LineNumber: ")[0]}")
            : failure.Message;
    }

    private static string? FindFile(FileInfo? given)
    {
        if (given is not null)
        {
            return given.Exists ? given.FullName : throw new UsageException($"There is no configuration file '{given.FullName}'.");
        }

        return new[] { Directory.GetCurrentDirectory(), AppContext.BaseDirectory }
            .Select(folder => Path.Combine(folder, FileName))
            .FirstOrDefault(System.IO.File.Exists);
    }

    private static void Validate(OptionResult result)
    {
        foreach (var token in result.Tokens.Where(token => token.Value.IndexOf('=', StringComparison.Ordinal) <= 0))
        {
            result.AddError($"--set '{token.Value}' sets nothing; expected Section:Key=Value, such as Run:Name=mnist.");
        }
    }

    private static (string Key, string Value) Split(string assignment)
    {
        var equals = assignment.IndexOf('=', StringComparison.Ordinal);
        var key = assignment[..equals].Trim();
        return (key.StartsWith(Section + ":", StringComparison.OrdinalIgnoreCase) ? key : $"{Section}:{key}", assignment[(equals + 1)..]);
    }
}
