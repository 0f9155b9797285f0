using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PluginLoggers.Abstractions.Tests.Contract;

/// <summary>A backend as short as can be, one line a value; with a defect, if asked, to see whether the contract suite finds it.</summary>
internal sealed class LineLogger(LoggerContext context, Defect defect, bool rejectsNaN = false) : LightningLoggerBase(context)
{
    private readonly StringBuilder _pending = new();
    private readonly List<(string Name, double Value, long Step)> _untimed = [];
    private bool _isContinued;
    private bool _hasEnded;
    private string? _bookmark = context.Bookmark;

    public override string? Bookmark => _bookmark;

    private string Output => Path.Combine(Context!.OutputDirectory, "lines.txt");

    public override void LogMetrics(ReadOnlySpan<Metric> metrics, long? step = null)
    {
        if (defect == Defect.StopsAfterTheEnd && _hasEnded)
        {
            return;
        }

        var kept = defect == Defect.KeepsTheFirstHundred && metrics.Length > 100 ? metrics[..100] : metrics;
        foreach (var (name, value) in kept)
        {
            if (defect == Defect.TakesTheTimeOfTheSave)
            {
                _untimed.Add((name, value, step!.Value));
            }
            else if (rejectsNaN && double.IsNaN(value))
            {
                throw new LoggerRejectedException($"'{name}' is no number.");
            }
            else if (defect != Defect.DropsTheInfinities || !double.IsInfinity(value))
            {
                Append(name, value, step!.Value);
            }
        }

        if (defect == Defect.TakesWhatItRejects && metrics.Length == 1 && double.IsNaN(metrics[0].Value))
        {
            throw new LoggerRejectedException("It is no number.");
        }

        if (defect == Defect.WritesBeforeTheSave)
        {
            Write();
        }
    }

    public override void LogText(string name, string text, long? step = null)
    {
        if (defect == Defect.ThrowsForWhatItCannotShow)
        {
            throw new NotSupportedException("This backend shows no text.");
        }
    }

    protected override async ValueTask SaveAsyncCore(CancellationToken cancellationToken)
    {
        if (defect == Defect.NeedsTheSynchronizationContext)
        {
            await Task.Yield();
        }

        foreach (var (name, value, step) in _untimed)
        {
            Append(name, value, step);
        }

        _untimed.Clear();
        Write();
    }

    protected override ValueTask FinalizeAsyncCore(RunStatus status, CancellationToken cancellationToken)
    {
        _hasEnded = true;
        if (defect != Defect.IgnoresTheEnd)
        {
            _pending.Append(CultureInfo.InvariantCulture, $"status {status}\n");
        }

        return SaveAsyncCore(cancellationToken);
    }

    protected override ValueTask DisposeAsyncCore()
    {
        if (defect == Defect.WritesWhenDisposed)
        {
            Write();
        }

        return base.DisposeAsyncCore();
    }

    private void Append(string name, double value, long step)
    {
        var time = defect == Defect.TakesTheTimeOfTheSystem ? TimeProvider.System.GetUtcNow() : Context!.Time.GetUtcNow();
        var culture = defect == Defect.WritesInTheCulture ? CultureInfo.CurrentCulture : CultureInfo.InvariantCulture;
        var number = defect switch
        {
            Defect.KeepsFloats => (float)value,
            Defect.LosesTheSignOfZero => value + 0.0,
            _ => value,
        };
        var whole = defect == Defect.CutsStepsToInt ? (int)step : step;
        var shown = defect switch
        {
            Defect.MergesNames => name.Replace('\\', '/'),
            Defect.CutsLongNames => name[..Math.Min(name.Length, 250)],
            _ => name,
        };
        shown = defect == Defect.BreaksLinesInNames ? shown.ReplaceLineEndings(" ") : shown;
        if (defect == Defect.WritesAFilePerName)
        {
            var file = Path.Combine(Context!.OutputDirectory, name.Trim('/', '\0', ' ') + ".txt");
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, "");
        }

        _pending.Append(culture, $"{time.ToUnixTimeMilliseconds()}\t{whole}\t{number:R}\t{JsonSerializer.Serialize(shown)}\n");
    }

    private void Write()
    {
        Directory.CreateDirectory(Context!.OutputDirectory);
        using var file = new FileStream(Output, FileMode.OpenOrCreate);
        if (!_isContinued)
        {
            var length = long.Parse(_bookmark ?? "0", CultureInfo.InvariantCulture);
            if (file.Length < length && defect != Defect.ContinuesWithoutItsOutput)
            {
                var problem = $"'{Output}' has {file.Length} bytes; the last save left {length}.";
                throw defect == Defect.FailsAnyhowWithoutItsOutput ? new IOException(problem) : new InvalidDataException(problem);
            }

            if (defect != Defect.DoesNotCutAtTheBookmark && !(defect == Defect.DoesNotBeginAnew && length == 0))
            {
                file.SetLength(length);
            }
        }

        file.Seek(0, SeekOrigin.End);
        file.Write(Encoding.UTF8.GetBytes(_pending.ToString()));
        file.Flush(flushToDisk: defect == Defect.None);
        _isContinued = true;
        _bookmark = file.Length.ToString(CultureInfo.InvariantCulture);
        if (defect != Defect.WritesAgainAtEachSave)
        {
            _pending.Clear();
        }
    }
}
