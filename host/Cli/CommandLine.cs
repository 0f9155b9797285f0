using System.CommandLine;
using System.CommandLine.Invocation;
using System.Globalization;
using PluginLoggers.Cli.Commands;
using PluginLoggers.Hosting.Configuration;

namespace PluginLoggers.Cli;

/// <summary>The whole command: parses the arguments, runs what they ask for, and turns its outcome into an exit code.</summary>
internal static class CommandLine
{
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null, EnablePosixBundling = false };

    /// <summary>Runs a command.</summary>
    /// <param name="args">The arguments, without the name of the program.</param>
    /// <param name="streams">Where it reads and writes.</param>
    /// <param name="interruption">What ends it before its time.</param>
    /// <returns>A value of <see cref="ExitCode"/>, or that of the interruption.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, StandardStreams streams, Interruption interruption)
    {
        // What is read and written here is read and written by programs.
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;

        var configuration = new ConfigurationOptions();
        var root = new RootCommand("Experiment tracking for .NET: one logger in front, any number of backends behind.")
        {
            configuration.File,
            configuration.Overrides,
            new TrainCommand(configuration, streams),
            new LogCommand(configuration, streams),
            new ImportCommand(configuration, streams),
            new PluginsCommand(configuration, streams),
            new RunsCommand(configuration, streams),
            new SyncCommand(configuration, streams),
            new ReplayCommand(configuration, streams),
        };

        var parsed = root.Parse(args, Parsing);
        if (parsed.Action is ParseErrorAction mistake)
        {
            mistake.ShowHelp = args.Count == 0;
            await parsed.InvokeAsync(new InvocationConfiguration { Output = streams.Error, Error = streams.Error }).ConfigureAwait(false);
            return ExitCode.WrongUsage;
        }

        try
        {
            var invocation = new InvocationConfiguration
            {
                Output = streams.Out,
                Error = streams.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            };
            return await parsed.InvokeAsync(invocation, interruption.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            await streams.Error.WriteLineAsync("Interrupted. What came so far is kept; `pluginloggers runs` shows how it stands.")
                .ConfigureAwait(false);
            return interruption.ExitCode;
        }
        catch (Exception failure) when (failure is UsageException or LoggersConfigurationException)
        {
            await streams.Error.WriteLineAsync(failure.Message).ConfigureAwait(false);
            return ExitCode.WrongUsage;
        }
        catch (Exception failure)
        {
            await streams.Error.WriteLineAsync($"Failed: {failure.Message}").ConfigureAwait(false);
            return ExitCode.Failed;
        }
    }
}
