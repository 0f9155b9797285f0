using System.Globalization;
using PluginLoggers.Cli.Tests.Support;

namespace PluginLoggers.Cli.Tests;

public sealed class CommandLineTests : IDisposable
{
    private readonly Workspace _workspace = new();

    [Theory]
    [InlineData("trian", "Did you mean one of the following?")]
    [InlineData("train --epoch 3", "--epochs")]
    [InlineData("train 3", "Unrecognized command or argument '3'.")]
    [InlineData("train --epochs", "Required argument missing for option: '--epochs'.")]
    [InlineData("train --epochs 0", "--epochs is '0'; expected a whole number of at least 1.")]
    [InlineData("train --epochs x", "--epochs is 'x'; expected a whole number of at least 1.")]
    [InlineData("train --epochs 99999999999", "--epochs is '99999999999'; expected a whole number of at least 1.")]
    [InlineData("train --batch-size 0", "--batch-size is '0'; expected a whole number of at least 1.")]
    [InlineData("train --learning-rate 0", "--learning-rate is '0'; expected a number above 0.")]
    [InlineData("train --learning-rate NaN", "--learning-rate is 'NaN'; expected a number above 0.")]
    [InlineData("train --learning-rate 1e999", "--learning-rate is '1e999'; expected a number above 0.")]
    [InlineData("train --learning-rate 0,1", "--learning-rate is '0,1'; expected a number above 0.")]
    [InlineData("train --seed 1.5", "--seed is '1.5'; expected a whole number of 32 bits.")]
    [InlineData("train --set foo", "--set 'foo' sets nothing; expected Section:Key=Value, such as Run:Name=mnist.")]
    [InlineData("train --set =foo", "--set '=foo' sets nothing; expected Section:Key=Value, such as Run:Name=mnist.")]
    [InlineData("log a b", "Unrecognized command or argument 'b'.")]
    [InlineData("log @responses", "The file cannot be read: Could not find file")]
    [InlineData("log .", "'.' is a folder; expected a file of JSON Lines, or - for the standard input.")]
    [InlineData("sync ", "There is no run ''.")]
    [InlineData("plugins foo", "Unrecognized command or argument 'foo'.")]
    public async Task Wrong_usage_is_told_in_a_line_and_ends_with_2(string args, string message)
    {
        var result = await _workspace.RunAsync(args.Split(' '));

        Assert.Equal(ExitCode.WrongUsage, result.ExitCode);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        Assert.InRange(result.ErrorLines.Length, 1, 4);
        Assert.Empty(result.Out);
    }

    [Fact]
    public async Task Without_a_command_the_help_is_an_error()
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var interruption = new Interruption();

        var exitCode = await CommandLine.RunAsync([], new StandardStreams(Stream.Null, output, error), interruption);

        Assert.Equal(ExitCode.WrongUsage, exitCode);
        Assert.Contains("Commands:", error.ToString(), StringComparison.Ordinal);
        Assert.Empty(output.ToString());
    }

    [Theory]
    [InlineData("--help", "train ")]
    [InlineData("train --help", "--learning-rate <N>")]
    [InlineData("log --help", "<FILE>")]
    [InlineData("plugins --help", "lock ")]
    [InlineData("plugins lock --help", "plugins.lock.json")]
    public async Task Help_is_a_result(string args, string line)
    {
        var result = await _workspace.RunAsync(args.Split(' '));

        Assert.Equal((ExitCode.Done, ""), (result.ExitCode, result.Error));
        Assert.Contains(line, result.Out, StringComparison.Ordinal);
        Assert.Contains("--set <Section:Key=Value>", result.Out, StringComparison.Ordinal);
        Assert.Contains("--config <FILE>", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Numbers_are_read_and_written_the_same_in_every_culture()
    {
        CultureInfo.CurrentCulture = new CultureInfo("de-DE");

        var result = await _workspace.RunAsync("train", "--epochs", "1", "--learning-rate", "0.05");

        Assert.Equal(ExitCode.Done, result.ExitCode);
        Assert.Matches(@"^accuracy 0\.\d+ ", result.Out);
    }

    public void Dispose() => _workspace.Dispose();
}
