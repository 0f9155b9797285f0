using System.Text;

namespace PluginLoggers.Csv.Table;

/// <summary>The columns of a table, from the left, and which metric each of them holds.</summary>
/// <param name="prefix">Stands before every metric's name, or null.</param>
/// <param name="report">Tells the user of a name that had to be changed.</param>
internal sealed class ColumnTable(string? prefix, Action<string> report)
{
    private const string Step = "step";

    private readonly List<string> _names = [];
    private readonly Dictionary<string, int> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _byMetric = new(StringComparer.Ordinal);

    public int Count => _names.Count;

    public IReadOnlyList<string> Names => _names;

    /// <summary>Where the step stands. It comes with the first columns.</summary>
    public int StepIndex { get; private set; } = -1;

    public bool TryFind(string metric, out int column) => _byMetric.TryGetValue(metric, out column);

    /// <summary>Adds the columns that a call brings, sorted by code point; the step is one of those of the first call.</summary>
    public void AddNewOf(ReadOnlySpan<Metric> metrics)
    {
        var added = new SortedSet<string>(CodePointOrder.Instance);
        if (Count == 0)
        {
            added.Add(Step);
        }

        var bound = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (ref readonly var metric in metrics)
        {
            if (_byMetric.ContainsKey(metric.Name) || bound.ContainsKey(metric.Name))
            {
                continue;
            }

            var name = NameOf(metric.Name);
            bound.Add(metric.Name, name);
            if (!_byName.ContainsKey(name))
            {
                added.Add(name);
            }
        }

        foreach (var name in added)
        {
            Add(name);
        }

        foreach (var (metric, name) in bound)
        {
            _byMetric.Add(metric, _byName[name]);
        }
    }

    /// <summary>Puts the columns that a file has before those that it does not have.</summary>
    /// <param name="names">The columns of the file, <c>step</c> among them; or none.</param>
    /// <returns>The new place of each column.</returns>
    public int[] PutFirst(IReadOnlyList<string> names)
    {
        string[] before = [.. _names];
        _names.Clear();
        _byName.Clear();
        foreach (var name in names.Concat(before.Except(names, StringComparer.Ordinal)))
        {
            Add(name);
        }

        int[] places = [.. before.Select(name => _byName[name])];
        foreach (var (metric, column) in _byMetric.ToArray())
        {
            _byMetric[metric] = places[column];
        }

        return places;
    }

    private void Add(string name)
    {
        if (name == Step)
        {
            StepIndex = _names.Count;
        }

        _byName.Add(name, _names.Count);
        _names.Add(name);
    }

    /// <summary>
    /// What a metric is called in the header. Of step, step_, step__ and so on each gets one more underscore: a rule that needs to know no
    /// other name, and under which no two names meet.
    /// </summary>
    private string NameOf(string metric)
    {
        var given = MetricNames.AddPrefix(prefix, metric);
        var name = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(given));
        if (name != given)
        {
            // Two such names may share a column; if one call has both, they stand in two rows.
            report($"The metric '{name}' has a name that is no text: what cannot be written stands as U+FFFD in metrics.csv.");
        }

        if (!name.StartsWith(Step, StringComparison.Ordinal) || name.AsSpan(Step.Length).ContainsAnyExcept('_'))
        {
            return name;
        }

        report($"The metric '{name}' is the column '{name}_' of metrics.csv, because the column 'step' is the step.");
        return name + "_";
    }
}
