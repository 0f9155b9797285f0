using System.Collections.Concurrent;

namespace PluginLoggers.Fixtures;

/// <summary>Lets a member fail, or wait, as the options say.</summary>
internal sealed class Misfortune(MisbehavingOptions options, LoggerContext context)
{
    // For the whole process, because what fails is thrown away, and the next instance must know how often it did.
    private static readonly ConcurrentDictionary<(string Run, string Key, string Member), int> Counts = new();

    public void Strike(string member)
    {
        if (options.Hang.Contains(member))
        {
            var signal = AppContext.GetData(options.Signal) as WaitHandle
                ?? throw new InvalidOperationException(
                    $"The test has put no WaitHandle under \"{options.Signal}\" with AppContext.SetData.");
            (AppContext.GetData(options.Signal + MisbehavingOptions.Entered) as SemaphoreSlim)?.Release();
            signal.WaitOne();
        }

        if (!options.Throw.Contains(member))
        {
            return;
        }

        if (Counts.AddOrUpdate((context.RunId, context.Key, member), 1, (_, count) => count + 1) <= options.ThrowTimes)
        {
            throw new IOException($"{member} fails, as the options say.");
        }
    }
}
