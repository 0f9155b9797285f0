namespace PluginLoggers.Hosting.Tests.Synchronization;

/// <summary>
/// A plug-in whose loggers keep what is saved, as long as it is up. Its output outlives its instances, as a server's does.
/// </summary>
[LoggerPlugin("Switchable")]
internal sealed class SwitchablePlugin : ILoggerPlugin<SwitchablePlugin.Options>
{
    private readonly List<(string Name, double Value, long Step, DateTimeOffset Time)> _saved = [];

    public bool IsDown { get; set; }

    /// <summary>The key of a logger that cannot be created; null for none.</summary>
    public string? Broken { get; set; }

    /// <summary>Whether an instance throws when it is disposed.</summary>
    public bool ClingsToLife { get; set; }

    /// <summary>What a metric of this name fails with; null for nothing.</summary>
    public Func<string, Exception?> Refuses { get; set; } = static _ => null;

    public List<RunStatus> Statuses { get; } = [];

    public IReadOnlyList<(string Name, double Value, long Step, DateTimeOffset Time)> Saved => _saved;

    public ILightningLogger Create(Options options, LoggerContext context) =>
        context.Key == Broken ? throw new InvalidOperationException("A library is missing.") : new Backend(this, context);

    internal sealed class Options
    {
        public string? Address { get; set; }

        public int Patience { get; set; }
    }

    private sealed class Backend : LightningLoggerBase
    {
        private readonly SwitchablePlugin _plugin;
        private readonly List<(string, double, long, DateTimeOffset)> _unsaved = [];

        public Backend(SwitchablePlugin plugin, LoggerContext context)
            : base(context)
        {
            _plugin = plugin;
            var kept = context.Bookmark is { } bookmark ? int.Parse(bookmark, System.Globalization.CultureInfo.InvariantCulture) : 0;
            plugin._saved.RemoveRange(kept, plugin._saved.Count - kept);
        }

        public override string Bookmark => _plugin._saved.Count.ToString(System.Globalization.CultureInfo.InvariantCulture);

        public override void LogMetrics(ReadOnlySpan<Metric> metrics, long? step = null)
        {
            foreach (var metric in metrics)
            {
                if (_plugin.Refuses(metric.Name) is { } refusal)
                {
                    throw refusal;
                }

                _unsaved.Add((metric.Name, metric.Value, step!.Value, Context!.Time.GetUtcNow()));
            }
        }

        protected override ValueTask SaveAsyncCore(CancellationToken cancellationToken)
        {
            if (_plugin.IsDown)
            {
                throw new HttpRequestException("The server is down.");
            }

            _plugin._saved.AddRange(_unsaved);
            _unsaved.Clear();
            return ValueTask.CompletedTask;
        }

        protected override ValueTask DisposeAsyncCore() =>
            _plugin.ClingsToLife ? throw new IOException("It cannot be closed.") : base.DisposeAsyncCore();

        protected override async ValueTask FinalizeAsyncCore(RunStatus status, CancellationToken cancellationToken)
        {
            await SaveAsyncCore(cancellationToken);
            _plugin.Statuses.Add(status);
        }
    }
}
