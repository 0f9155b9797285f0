namespace PluginLoggers.Hosting.Delivery;

/// <summary>How long a wait for delivery goes on with a backend that does not move.</summary>
/// <param name="Still">With one that has not failed: since it last moved.</param>
/// <param name="Failing">With one that fails: since its first failure.</param>
/// <param name="Isolates">Whether looking for the record at fault counts as moving: each narrower try is given that time again.</param>
internal readonly record struct DeliveryPatience(TimeSpan Still, TimeSpan Failing, bool Isolates = false)
{
    private static readonly TimeSpan FailingAtEndOfRun = TimeSpan.FromSeconds(1);

    /// <summary>When delivering is what the process is there for.</summary>
    public static DeliveryPatience Synchronizing { get; } = new(TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(5), Isolates: true);

    /// <summary>At the end of a training, which costs the user's time: a dead server may take two seconds of it.</summary>
    /// <param name="still">With a backend that has not failed.</param>
    public static DeliveryPatience AtEndOfRun(TimeSpan still) => new(still, FailingAtEndOfRun);

    /// <summary>When the caller says how long it wants to wait.</summary>
    public static DeliveryPatience Asked { get; } = new(TimeSpan.MaxValue, TimeSpan.MaxValue);

    /// <summary>With a backend whose saves were known to take long, longer.</summary>
    public TimeSpan With(DeliveryState state) => state.LastFailure is not null ? Failing
        : state.HasMoved && state.LongestSave * 2 > Still ? state.LongestSave * 2
        : Still;
}
