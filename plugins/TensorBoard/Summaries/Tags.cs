namespace PluginLoggers.TensorBoard;

/// <summary>The tags of a run, by the names that a trainer gives. Not thread-safe.</summary>
/// <param name="prefix">Stands before each name, joined by a dash as Lightning does; null or empty for none.</param>
/// <param name="report">Told of a tag that cannot be seen.</param>
internal sealed class Tags(string? prefix, Action<string> report)
{
    private readonly Dictionary<string, SummaryKind> _kinds = [];
    private readonly HashSet<string> _collided = [];
    private readonly Dictionary<string, int> _scalars = [];
    private readonly List<ScalarTag> _encoded = [];
    private (string? Name, int Scalar)[] _positions = new (string?, int)[16];

    /// <summary>A scalar's tag, by its number.</summary>
    public ScalarTag this[int scalar] => _encoded[scalar];

    /// <summary>
    /// The number of a scalar's tag. A loop logs the same names at the same positions again and again, and a reference is compared faster
    /// than a name is hashed.
    /// </summary>
    /// <param name="name">The name.</param>
    /// <param name="position">Where it stands in its call.</param>
    public int Scalar(string name, int position)
    {
        if (position >= _positions.Length)
        {
            Array.Resize(ref _positions, 2 * position);
        }

        ref var last = ref _positions[position];
        if (!ReferenceEquals(last.Name, name) || last.Name is null)
        {
            last = (name, Scalar(name));
        }

        return last.Scalar;
    }

    /// <summary>The tag of what is no scalar.</summary>
    public string Of(string name, SummaryKind kind)
    {
        var key = kind == SummaryKind.Text ? name + SummaryValues.TextSuffix : name;
        Note(key, kind);
        return Prefixed(key);
    }

    /// <summary>The tag of an open record: with the prefix, unless TensorBoard looks for it by its name.</summary>
    public string OfOpenRecord(string name) =>
        name == "custom_scalars__config__" || name.StartsWith(HparamsSession.TagPrefix, StringComparison.Ordinal) ? name : Prefixed(name);

    /// <summary>A name with the prefix.</summary>
    public string Prefixed(string name) => MetricNames.AddPrefix(prefix, name);

    private int Scalar(string name)
    {
        if (!_scalars.TryGetValue(name, out var scalar))
        {
            Note(name, SummaryKind.Scalar);
            scalar = _encoded.Count;
            _encoded.Add(new ScalarTag(Prefixed(name)));
            _scalars.Add(name, scalar);
        }

        return scalar;
    }

    /// <summary>
    /// TensorBoard files a tag under the kind of its first value, for the life of the run; the others are in the file, and cannot be seen.
    /// </summary>
    private void Note(string name, SummaryKind kind)
    {
        if (!_kinds.TryAdd(name, kind) && _kinds[name] is var first && first != kind && _collided.Add(name))
        {
            report($"'{name}' is logged as {Word(first)} and as {Word(kind)}; TensorBoard shows a name only as what it was first. "
                + "Use two names.");
        }
    }

    private static string Word(SummaryKind kind) => kind switch
    {
        SummaryKind.Scalar => "metric",
        SummaryKind.Text => "text",
        SummaryKind.Image => "image",
        SummaryKind.Histogram => "histogram",
        _ => "audio",
    };
}
