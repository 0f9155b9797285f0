using PluginLoggers.Csv.Hparams;
using PluginLoggers.Csv.Table;

namespace PluginLoggers.Csv;

/// <summary>One run as <c>metrics.csv</c> and <c>hparams.yaml</c>. Rows are kept in memory; a save appends them.</summary>
/// <remarks>
/// <para>In the wide layout, one row a call, in the order of the calls, with <c>step</c> and an empty cell for what the call did not
/// have. A name that a call has twice begins another row of the same step, so that both values are there.</para>
/// <para>The columns that a call brings are added at the right, sorted by code point; so those of the first call stand as Lightning sorts
/// them, <c>step</c> among them. Which columns there are, and where, follows from the calls alone and not from when they were saved: the
/// file after a crash is the file without it.</para>
/// </remarks>
internal sealed class CsvLogger : LightningLoggerBase
{
    private readonly LoggerContext _context;
    private readonly IMetricTable _metrics;
    private readonly HyperparametersFile _hyperparameters;
    private string? _bookmark;
    private bool _isOpen;

    public CsvLogger(CsvOptions options, CsvFormat format, LoggerContext context)
        : base(context)
    {
        (_context, _bookmark) = (context, context.Bookmark);
        var path = Path.Combine(context.OutputDirectory, "metrics.csv");
        _metrics = options.Layout == CsvLayout.Wide
            ? new WideTable(path, format, options.Prefix, context.Report)
            : new TidyTable(path, format, options.Prefix, options.Time ? context.Time : null, context.Report);
        _hyperparameters = new HyperparametersFile(Path.Combine(context.OutputDirectory, "hparams.yaml"));
    }

    public override string Location => _metrics.Path;

    public override LoggerFeatures Features => LoggerFeatures.Metrics | LoggerFeatures.Hyperparameters;

    public override string? Bookmark => _bookmark;

    public override void LogMetrics(ReadOnlySpan<Metric> metrics, long? step = null) => _metrics.Add(metrics, step.GetValueOrDefault());

    /// <summary>The metrics are a row like any other.</summary>
    public override void LogHyperparams(
        IReadOnlyDictionary<string, object?> hyperparams, IReadOnlyDictionary<string, double>? metrics = null, long? step = null)
    {
        ArgumentNullException.ThrowIfNull(hyperparams);
        _hyperparameters.Add(PluginLoggers.Hyperparameters.Flatten(hyperparams));
        if (metrics is not null)
        {
            LogMetrics([.. metrics.Select(metric => new Metric(metric.Key, metric.Value))], step);
        }
    }

    /// <summary>Synchronous inside: the host gives each backend a thread of its own, and a file has nothing better to offer.</summary>
    protected override ValueTask SaveAsyncCore(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            Save();
        }
        catch (InvalidDataException exception)
        {
            _context.Report(exception.Message);
            throw;
        }

        return ValueTask.CompletedTask;
    }

    private void Save()
    {
        if (!_isOpen)
        {
            var bookmark = CsvBookmark.Parse(_bookmark);
            _metrics.CutBack(bookmark.Rows);
            _hyperparameters.Open(bookmark.Hyperparameters);
        }

        // If this throws, a save of the same instance goes the way of a new one: back to the bookmark, and on from there.
        _isOpen = false;
        _metrics.Append();
        _hyperparameters.Save();
        _metrics.Clear();
        _isOpen = true;
        _bookmark = new CsvBookmark(_metrics.Rows, _hyperparameters.Count).ToString();
    }
}
