namespace PluginLoggers.Hosting.Configuration;

/// <summary>The section <c>Delivery</c>.</summary>
public sealed record DeliverySettings
{
    /// <summary>How long the end of a run waits for backends that still move, from zero to a day. The default is 8 seconds.</summary>
    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>
    /// How long, within <see cref="ShutdownTimeout"/>, it waits for a backend that neither moves nor fails, from zero to a day. The default
    /// is 1.5 seconds; more is for disks and servers that take longer than that for one save.
    /// </summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(1.5);
}
