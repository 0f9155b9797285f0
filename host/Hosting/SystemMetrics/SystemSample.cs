namespace PluginLoggers.Hosting.SystemMetrics;

/// <summary>The units of a sample, those of the MLflow client: percent and megabytes of a million bytes, to one digit.</summary>
internal static class SystemSample
{
    public const double BytesPerMegabyte = 1e6;

    public static double Rounded(double value) => Math.Round(value, 1);

    public static double Megabytes(double bytes) => Rounded(bytes / BytesPerMegabyte);
}
