namespace PluginLoggers.Benchmarks.Support;

/// <summary>What a training loop logs: five metrics whose values change from step to step.</summary>
internal static class Metrics
{
    public static readonly string[] Names = ["train/loss", "train/accuracy", "train/lr", "train/grad_norm", "train/throughput"];

    /// <summary>Fills a call.</summary>
    public static void Fill(Span<Metric> call, long step)
    {
        for (var i = 0; i < call.Length; i++)
        {
            call[i] = new Metric(Names[i], Value(step, i));
        }
    }

    /// <summary>A value with about as many digits as a real one.</summary>
    public static double Value(long step, int metric) => (metric + 1) / (1.0 + (step * 0.001));
}
