using System.Text;

namespace PluginLoggers.TensorBoard;

/// <summary>The tags of a run, by the names that a trainer gives. Not thread-safe.</summary>
/// <param name="prefix">Stands before each name, joined by a dash as Lightning does; null or empty for none.</param>
/// <param name="report">Told of a tag that cannot be seen.</param>
internal sealed class Tags(string? prefix, Action<string> report)
{
    private readonly Dictionary<string, (byte[] Utf8, SummaryKind Kind)> _tags = [];
    private readonly HashSet<string> _collided = [];
    private (string? Name, byte[] Utf8)[] _scalars = new (string?, byte[])[16];

    /// <summary>
    /// The tag of a scalar, in UTF-8. A loop logs the same names at the same positions again and again, and a reference is compared faster
    /// than a name is hashed.
    /// </summary>
    /// <param name="name">The name.</param>
    /// <param name="position">Where it stands in its call.</param>
    public ReadOnlySpan<byte> Scalar(string name, int position)
    {
        if (position >= _scalars.Length)
        {
            Array.Resize(ref _scalars, 2 * position);
        }

        ref var last = ref _scalars[position];
        if (!ReferenceEquals(last.Name, name))
        {
            last = (name, Scalar(name));
        }

        return last.Utf8;
    }

    /// <summary>The tag of what is no scalar.</summary>
    public string Of(string name, SummaryKind kind)
    {
        var key = kind == SummaryKind.Text ? name + SummaryValues.TextSuffix : name;
        var tag = Prefixed(key);
        if (!_tags.TryGetValue(key, out var first))
        {
            _tags.Add(key, (Encoding.UTF8.GetBytes(tag), kind));
        }
        else if (first.Kind != kind)
        {
            ReportCollision(key, first.Kind, kind);
        }

        return tag;
    }

    /// <summary>The tag of an open record: with the prefix, unless TensorBoard looks for it by its name.</summary>
    public string OfOpenRecord(string name) =>
        name == "custom_scalars__config__" || name.StartsWith(HparamsSession.TagPrefix, StringComparison.Ordinal) ? name : Prefixed(name);

    /// <summary>A name with the prefix.</summary>
    public string Prefixed(string name) => string.IsNullOrEmpty(prefix) ? name : $"{prefix}-{name}";

    private byte[] Scalar(string name)
    {
        if (!_tags.TryGetValue(name, out var tag))
        {
            tag = (Encoding.UTF8.GetBytes(Prefixed(name)), SummaryKind.Scalar);
            _tags.Add(name, tag);
        }
        else if (tag.Kind != SummaryKind.Scalar)
        {
            ReportCollision(name, tag.Kind, SummaryKind.Scalar);
        }

        return tag.Utf8;
    }

    /// <summary>TensorBoard files a tag under the kind of its first value, for the life of the run; the others are in the file, and cannot be seen.</summary>
    private void ReportCollision(string name, SummaryKind first, SummaryKind kind)
    {
        if (_collided.Add(name))
        {
            report($"'{name}' is logged as {Word(first)} and as {Word(kind)}; TensorBoard shows a name only as what it was first. Use two names.");
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
