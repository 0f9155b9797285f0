namespace PluginLoggers.Hosting.Tests.Configuration;

/// <summary>Options of every kind.</summary>
public sealed class SampleOptions
{
    private int _guarded;

    public int FlushEvery { get; set; } = 100;

    public long? Limit { get; set; }

    public double Ratio { get; set; } = 0.5;

    public bool Sync { get; set; }

    public string Separator { get; set; } = ",";

    public string? Prefix { get; set; } = "p";

    public DayOfWeek Day { get; set; }

    public FileAttributes Attributes { get; set; }

    public TimeSpan Timeout { get; set; }

    public Uri? Address { get; set; }

    public Guid Id { get; set; }

    public string? ApiKey { get; set; }

    public IReadOnlyList<string> Names { get; set; } = ["default"];

    public int[] Numbers { get; set; } = [];

    public HashSet<string> Set { get; set; } = [];

    public List<string> Fixed { get; } = ["default"];

    public IReadOnlyDictionary<string, string> Headers { get; set; } = new Dictionary<string, string>();

    public Dictionary<string, NestedOptions> ByName { get; set; } = [];

    public NestedOptions Nested { get; set; } = new();

    public NestedOptions Own { get; } = new() { Level = 7 };

    public List<NestedOptions> Steps { get; set; } = [];

    public Stream? Unusual { get; set; }

    public int Initial { get; init; } = 3;

    public int Guarded
    {
        get => _guarded;
        set => _guarded = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), "must be greater than zero");
    }

    public int Computed => FlushEvery * 2;

    internal int Hidden { get; set; }

    public sealed class NestedOptions
    {
        public int Level { get; set; }

        public string? Password { get; set; }
    }
}
