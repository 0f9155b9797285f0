namespace PluginLoggers.Hosting.Delivery;

/// <summary>How long a wait for delivery goes on with a backend that does not move.</summary>
/// <param name="Still">With one that has not failed: since it last moved.</param>
/// <param name="Failing">With one that fails: since its first failure.</param>
internal readonly record struct DeliveryPatience(TimeSpan Still, TimeSpan Failing)
{
    /// <summary>At the end of a training, which costs the user's time: a backend that was never reached is not waited for.</summary>
    public static DeliveryPatience AtEndOfRun { get; } = new(TimeSpan.FromSeconds(1.5), TimeSpan.FromSeconds(1.5));

    /// <summary>When delivering is what the process is there for.</summary>
    public static DeliveryPatience Synchronizing { get; } = new(TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(5));

    /// <summary>With a backend whose saves were known to take long, longer.</summary>
    public TimeSpan With(DeliveryState state) => state.LastFailure is not null ? Failing
        : state.HasMoved && state.LongestSave * 2 > Still ? state.LongestSave * 2
        : Still;
}
