using PluginLoggers.Cli;

using var interruption = Interruption.OfThisProcess();
return await CommandLine.RunAsync(args, StandardStreams.OfThisProcess(), interruption);
