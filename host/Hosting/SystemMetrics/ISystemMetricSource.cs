namespace PluginLoggers.Hosting.SystemMetrics;

/// <summary>Something of the machine that is measured. Called from one thread.</summary>
internal interface ISystemMetricSource
{
    /// <summary>What it measures, for a message.</summary>
    string Name { get; }

    /// <summary>Adds what is measured now; what counts from one reading to the next is not there at the first.</summary>
    /// <param name="metrics">Where to, under the names that the MLflow client uses.</param>
    /// <exception cref="PlatformNotSupportedException">This machine does not offer it, now or later.</exception>
    /// <exception cref="InvalidDataException">What the machine says makes no sense.</exception>
    void Read(ICollection<Metric> metrics);
}
