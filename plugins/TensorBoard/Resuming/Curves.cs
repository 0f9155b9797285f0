using PluginLoggers.TensorBoard.Protos;

namespace PluginLoggers.TensorBoard;

/// <summary>
/// Keeps one curve a tag where a resumed run goes back to an earlier step. TensorBoard has two readers: the data server takes away, tag by
/// tag, what has the step of a new point or a later one; the Python reader takes that away at the start of a session, and then of all tags.
/// So a tag that goes back begins a session at its step, and what this hides of another tag is written once more: up to that tag's next
/// point when it comes, all of it when the run ends. Not thread-safe.
/// </summary>
/// <remarks>
/// Everything here follows from the events so far, so that a run which is delivered again, in whatever pieces, gives the same bytes. Within
/// a session nothing is looked at: a trainer that logs steps out of order has them in the file as they came.
/// </remarks>
internal sealed class Curves(EventWriter events, WrittenEvents written, StepsState state)
{
    /// <summary>Read from the file as soon as a step may lead back; a run that only goes forward needs none of them.</summary>
    private Dictionary<string, Curve>? _curves;
    private long? _largest = state.Largest;
    private Resumption? _resumed = state.Resumed;

    /// <summary>Whether the run went back since it was resumed, so that something may be hidden.</summary>
    public bool HasGoneBack => _resumed?.WentBackTo is not null;

    public StepsState State => new(_largest, _resumed);

    /// <summary>Whether <see cref="Before"/> has anything to do for a point of this step. Notes the step.</summary>
    public bool MayGoBack(long step)
    {
        if (!(step <= _largest))
        {
            _largest = step;
        }

        return _resumed is { } resumed && (_curves is not null || resumed.WentBackTo is not null || step <= resumed.LargestBefore);
    }

    /// <summary>Prepares the file for a point, which must be appended next.</summary>
    /// <param name="tag">Its tag.</param>
    /// <param name="step">Its step.</param>
    /// <param name="isCurve">
    /// Whether two points of one step would be seen as two curves. Of anything else, such as a text that each session logs at step 0,
    /// hiding the rest of the file and writing it again costs more than it is worth.
    /// </param>
    public void Before(string tag, long step, bool isCurve)
    {
        events.Settle();
        var curve = CurveOf(tag);
        var isFirst = !curve.IsContinued;
        while (!curve.Hidden.IsEmpty && (!isFirst || curve.Hidden[0].Step < step))
        {
            Repeat(tag, curve);
        }

        if (isFirst && isCurve && curve.Shown >= step)
        {
            GoBackTo(step);
            curve = CurveOf(tag);
        }

        curve.IsContinued = true;
        curve.Add(step, written.End, isKept: step >= _resumed?.WentBackTo);
    }

    /// <summary>Notes that the run was resumed here.</summary>
    public void Resume()
    {
        events.Settle();
        (_resumed, _curves) = (new Resumption(written.End, _largest, null), null);
    }

    /// <summary>Shows again whatever is still hidden.</summary>
    public void ShowAll()
    {
        if (!HasGoneBack)
        {
            return;
        }

        events.Settle();
        foreach (var (tag, curve) in _curves ??= Read())
        {
            while (!curve.Hidden.IsEmpty)
            {
                Repeat(tag, curve);
            }
        }
    }

    private Curve CurveOf(string tag)
    {
        _curves ??= Read();
        if (!_curves.TryGetValue(tag, out var curve))
        {
            _curves.Add(tag, curve = new Curve());
        }

        return curve;
    }

    private void GoBackTo(long step)
    {
        var resumed = _resumed.GetValueOrDefault();
        _resumed = resumed with { WentBackTo = Math.Min(resumed.WentBackTo ?? step, step) };
        events.AppendSessionStart(step);
        _curves = Read();
    }

    private void Repeat(string tag, Curve curve)
    {
        events.AppendRepetition(written.Read(curve.Hidden[0].Offset), tag);
        curve.ShowNext();
    }

    private Dictionary<string, Curve> Read()
    {
        var curves = new Dictionary<string, Curve>(StringComparer.Ordinal);
        var resumed = _resumed.GetValueOrDefault();
        foreach (var (offset, read) in written.ReadAll())
        {
            var isSinceResumed = offset >= resumed.Length;
            if (isSinceResumed && read.SessionLog is { Status: SessionLog.Types.SessionStatus.Start })
            {
                foreach (var curve in curves.Values)
                {
                    curve.HideFrom(read.Step);
                }
            }

            var isRepetition = EventWriter.IsRepetition(read);
            foreach (var tag in EventWriter.TagsOf(read))
            {
                if (!curves.TryGetValue(tag, out var curve))
                {
                    curves.Add(tag, curve = new Curve());
                }

                if (!isRepetition)
                {
                    curve.Add(read.Step, offset, isKept: read.Step >= resumed.WentBackTo);
                    curve.IsContinued |= isSinceResumed;
                }
                else if (isSinceResumed)
                {
                    curve.ShowNext();
                }
            }
        }

        return curves;
    }
}
