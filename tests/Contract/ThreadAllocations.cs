namespace PluginLoggers.Contract;

/// <summary>What an action allocates on its thread, for tests which promise that it is nothing.</summary>
public static class ThreadAllocations
{
    private const int Rounds = 20;

    /// <summary>Runs an action a few times, until a round allocates nothing.</summary>
    /// <param name="action">The action; what it needs only once is warmed up by its first rounds.</param>
    /// <param name="between">Runs after each round, and what it allocates does not count; null for nothing.</param>
    /// <returns>The bytes of the round with the fewest.</returns>
    /// <remarks>
    /// One round alone would say too much now and then: a garbage collection in its middle, of whatever another test left behind, takes the
    /// rest of the thread's allocation context away (up to 8 KB), and the runtime counts that as allocated.
    /// </remarks>
    public static long Fewest(Action action, Action? between = null)
    {
        ArgumentNullException.ThrowIfNull(action);
        var fewest = long.MaxValue;
        for (var round = 0; round < Rounds && fewest > 0; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            action();
            fewest = Math.Min(fewest, GC.GetAllocatedBytesForCurrentThread() - before);
            between?.Invoke();
        }

        return fewest;
    }
}
