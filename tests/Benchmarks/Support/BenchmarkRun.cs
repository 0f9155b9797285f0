using PluginLoggers.Hosting;

namespace PluginLoggers.Benchmarks.Support;

/// <summary>A run whose folder is gone afterwards.</summary>
internal sealed class BenchmarkRun(LightningRun run) : IDisposable
{
    public LightningRun Run => run;

    /// <summary>Makes what was logged durable.</summary>
    public void Save() => run.SaveAsync().AsTask().GetAwaiter().GetResult();

    /// <summary>Waits until every backend has everything.</summary>
    public void Deliver()
    {
        if (!run.WaitForDeliveryAsync(TimeSpan.FromMinutes(10)).GetAwaiter().GetResult())
        {
            throw new InvalidOperationException("A backend did not take everything.");
        }
    }

    public void Dispose()
    {
        run.FinalizeAsync(RunStatus.Finished).AsTask().GetAwaiter().GetResult();
        run.Dispose();
        Directory.Delete(run.RunDirectory, recursive: true);
    }
}
