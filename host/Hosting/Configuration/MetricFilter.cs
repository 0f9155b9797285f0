using System.Collections.Concurrent;

namespace PluginLoggers.Hosting.Configuration;

/// <summary>
/// Which metrics a logger is given: those that an <c>Include</c> pattern matches (without one, all), and no <c>Exclude</c> pattern.
/// </summary>
/// <remarks>
/// In patterns, <c>*</c> stays within a segment of a name between <c>/</c>, <c>**</c> does not, <c>?</c> is one character, and capitals
/// count. Safe for any number of threads.
/// </remarks>
public sealed class MetricFilter
{
    // A training has tens of metrics, rarely thousands. Beyond the bound a name is matched anew each time, and memory stays what it is.
    private const int MostRemembered = 10_000;

    private readonly Glob[] _include;
    private readonly Glob[] _exclude;
    private readonly ConcurrentDictionary<string, bool> _known = new(StringComparer.Ordinal);
    private int _remembered;

    private MetricFilter(Glob[] include, Glob[] exclude) => (_include, _exclude) = (include, exclude);

    /// <summary>The filter that accepts every metric.</summary>
    internal static MetricFilter All { get; } = new([], []);

    /// <summary>Whether every metric is accepted, so that nobody needs to ask.</summary>
    internal bool AcceptsAll => _include.Length == 0 && _exclude.Length == 0;

    /// <summary>Makes a filter.</summary>
    /// <param name="include">Patterns; none includes everything.</param>
    /// <param name="exclude">Patterns; they come before <paramref name="include"/>.</param>
    /// <exception cref="ArgumentException">A pattern is empty, too long, or has three <c>*</c> in a row.</exception>
    internal static MetricFilter Create(IEnumerable<string> include, IEnumerable<string> exclude)
    {
        var filter = new MetricFilter([.. include.Select(pattern => new Glob(pattern))], [.. exclude.Select(pattern => new Glob(pattern))]);
        return filter.AcceptsAll ? All : filter;
    }

    /// <summary>Says whether a metric is to be given. For a name seen before it costs one look-up.</summary>
    /// <param name="name">The metric's name.</param>
    public bool Accepts(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (AcceptsAll)
        {
            return true;
        }

        return _known.TryGetValue(name, out var accepted) ? accepted : Decide(name);
    }

    private bool Decide(string name)
    {
        var accepted = (_include.Length == 0 || Array.Exists(_include, glob => glob.Matches(name)))
            && !Array.Exists(_exclude, glob => glob.Matches(name));
        if (Volatile.Read(ref _remembered) < MostRemembered && _known.TryAdd(name, accepted))
        {
            Interlocked.Increment(ref _remembered);
        }

        return accepted;
    }
}
