using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace PluginLoggers.MLflow.Tests;

/// <summary>A clock that moves when something has begun to wait for it.</summary>
internal sealed class WatchedTime : FakeTimeProvider
{
    private readonly ConcurrentDictionary<TimeSpan, TaskCompletionSource> _awaited = new();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        Source(dueTime).TrySetResult();
        return timer;
    }

    /// <summary>Waits until there is a timer of this time, and advances by it.</summary>
    public async Task AdvanceWhenAwaitedAsync(TimeSpan dueTime)
    {
        await Source(dueTime).Task;
        Advance(dueTime);
    }

    private TaskCompletionSource Source(TimeSpan dueTime) =>
        _awaited.GetOrAdd(dueTime, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
