using BenchmarkDotNet.Running;
using PluginLoggers.Benchmarks.Ratios;
using PluginLoggers.Benchmarks.Support;

// ratios [FIGURE...] [--quick] [--json]    the whole paths, each beside its reference
// anything else                            BenchmarkDotNet's close-ups: --list flat, --filter '*', ...
return args switch
{
    ["ratios", .. var options] => RatiosCommand.Run(options),
    ["child", var figure, .. var arguments] => ChildProcess.RunAsChild(figure, arguments),
    _ => BenchmarkSwitcher.FromAssembly(typeof(RatiosCommand).Assembly).Run(args).Any() ? 0 : 1,
};
