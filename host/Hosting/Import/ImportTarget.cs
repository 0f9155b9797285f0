namespace PluginLoggers.Hosting.Import;

/// <summary>What a source is read to, and what is told about it.</summary>
internal sealed class ImportTarget(ImportClock clock, Action<long> moved) : IImportTarget
{
    // Of a file that is nothing but damage, the first hundred places tell as much as all of them.
    private const int MostDamages = 100;
    private const int MostKinds = 100;
    private const int Step = 64 * 1024;

    private readonly List<ImportDamage> _damages = [];
    private readonly Dictionary<string, long> _skipped = new(StringComparer.Ordinal);
    private long _shown;

    public required ILightningLogger Logger { get; init; }

    public DateTimeOffset? Time
    {
        get => clock.Shown;
        set => clock.Shown = value;
    }

    public long BytesRead
    {
        get;
        set
        {
            field = value;
            if (value - _shown >= Step)
            {
                moved(_shown = value);
            }
        }
    }

    public IReadOnlyList<ImportDamage> Damages => _damages;

    public long DamageCount { get; private set; }

    public IReadOnlyDictionary<string, long> Skipped => _skipped;

    public void ReportDamage(string file, long offset, string reason)
    {
        DamageCount++;
        if (_damages.Count < MostDamages)
        {
            _damages.Add(new ImportDamage(file, offset, reason));
        }
    }

    public void ReportSkipped(string what)
    {
        var kind = _skipped.Count < MostKinds || _skipped.ContainsKey(what) ? what : "others";
        _skipped[kind] = _skipped.GetValueOrDefault(kind) + 1;
    }
}
