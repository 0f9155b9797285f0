using System.Diagnostics;
using CsvHelper;
using PluginLoggers.Benchmarks.Ratios;
using PluginLoggers.Benchmarks.Support;
using PluginLoggers.Csv;

namespace PluginLoggers.Benchmarks.Figures;

/// <summary>
/// Rows of a step and five metrics: the CSV backend alone, saved once at the end; and CsvHelper, with one sync at the end.
/// </summary>
internal sealed class CsvWrite(Effort effort) : Figure
{
    private readonly int _rows = effort.Of(200_000, 40_000);

    public override string Unit => "rows/s";

    public override Goal Goal => Goal.AtLeast(1.5);

    public override double Ours()
    {
        var call = new Metric[5];
        using var folder = new Scratch();
        using var logger = new CsvPlugin().Create(new CsvOptions(), new LoggerContext { Key = "csv", OutputDirectory = folder.Path });
        var started = Stopwatch.GetTimestamp();
        for (var step = 0; step < _rows; step++)
        {
            Metrics.Fill(call, step);
            logger.LogMetrics(call, step);
        }

        logger.SaveAsync().AsTask().GetAwaiter().GetResult();
        return _rows / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    public override double Reference()
    {
        var call = new Metric[5];
        var path = Scratch.New();
        var started = Stopwatch.GetTimestamp();
        using (var file = File.Create(path))
        using (var csv = CsvWriter.Create(file))
        {
            csv.WriteHeader(["step", .. Metrics.Names]);
            for (var step = 0; step < _rows; step++)
            {
                Metrics.Fill(call, step);
                csv.WriteField(step);
                foreach (var metric in call)
                {
                    csv.WriteField(metric.Value);
                }

                csv.EndRecord();
            }

            csv.Flush();
            file.Flush(flushToDisk: true);
        }

        var took = Stopwatch.GetElapsedTime(started);
        File.Delete(path);
        return _rows / took.TotalSeconds;
    }
}
