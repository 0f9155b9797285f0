using System.Diagnostics;
using System.Globalization;
using PluginLoggers.Benchmarks.Ratios;
using PluginLoggers.Benchmarks.Support;
using PluginLoggers.Csv;

namespace PluginLoggers.Benchmarks.Figures;

/// <summary>A save that brings a new column, and so rewrites the file durably; and a copy of the file, which is not durable.</summary>
internal sealed class CsvColumns : Figure
{
    /// <summary>Until the blocks of the old file are free, which a save leaves to the pool: that is not to hit the reference.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(30);

    private readonly ILightningLogger _logger;
    private readonly List<double> _synced = [];
    private readonly int _rows;
    private int _columns;

    public CsvColumns(Effort effort)
    {
        _rows = effort.Of(200_000, 40_000);
        _logger = new CsvPlugin().Create(new CsvOptions(), new LoggerContext { Key = "csv", OutputDirectory = Scratch.Path });
        var call = new Metric[5];
        for (var step = 0; step < _rows; step++)
        {
            Metrics.Fill(call, step);
            _logger.LogMetrics(call, step);
        }

        Save();
    }

    public override string Unit => "ms";

    public override Goal Goal => Goal.AtMost(3);

    public override string? Remark => string.Create(
        CultureInfo.InvariantCulture, $"the copy made durable as well takes {_synced.Order().ElementAt(_synced.Count / 2):0.0} ms");

    public override double Ours()
    {
        _logger.LogMetrics([new Metric($"new/{_columns++}", 1)], _rows);
        var started = Stopwatch.GetTimestamp();
        Save();
        var took = Stopwatch.GetElapsedTime(started);
        Thread.Sleep(Rest);
        return took.TotalMilliseconds;
    }

    public override double Reference()
    {
        var copy = Scratch.New();
        var started = Stopwatch.GetTimestamp();
        File.Copy(_logger.Location!, copy);
        var took = Stopwatch.GetElapsedTime(started);
        using (var file = File.OpenHandle(copy, access: FileAccess.ReadWrite))
        {
            RandomAccess.FlushToDisk(file);
        }

        _synced.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        File.Delete(copy);
        return took.TotalMilliseconds;
    }

    public override void Dispose()
    {
        _logger.Dispose();
        base.Dispose();
    }

    private void Save() => _logger.SaveAsync().AsTask().GetAwaiter().GetResult();
}
