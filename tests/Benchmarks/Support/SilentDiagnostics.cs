using PluginLoggers.Hosting;

namespace PluginLoggers.Benchmarks.Support;

/// <summary>Says nothing: a figure that needs everything to be delivered checks that itself.</summary>
internal sealed class SilentDiagnostics : ILoggerDiagnostics
{
    public void Report(LoggerDiagnostic diagnostic)
    {
    }
}
