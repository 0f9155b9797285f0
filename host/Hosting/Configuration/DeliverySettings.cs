namespace PluginLoggers.Hosting.Configuration;

/// <summary>The section <c>Delivery</c>.</summary>
public sealed record DeliverySettings
{
    /// <summary>How long the end of a run waits for backends that still move, from zero to a day. The default is 8 seconds.</summary>
    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(8);
}
