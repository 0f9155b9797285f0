namespace PluginLoggers.Hosting.Delivery;

/// <summary>
/// How long to wait after a failure: twice as long each time, up to a cap, less a random part so that many processes do not come back
/// together.
/// </summary>
internal sealed class BackOff
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Cap = TimeSpan.FromSeconds(60);

    private TimeSpan _next = First;

    public TimeSpan Next()
    {
        var wait = _next * (0.75 + (Random.Shared.NextDouble() / 4));
        _next = _next * 2 < Cap ? _next * 2 : Cap;
        return wait;
    }

    public void Reset() => _next = First;
}
