using System.Runtime.InteropServices;

namespace PluginLoggers.TensorBoard;

/// <summary>The points of one tag, as far as they matter for what TensorBoard shows of them after a run went back.</summary>
internal sealed class Curve
{
    /// <summary>The points from the earliest step on to which the run went back, in order of their steps.</summary>
    private readonly List<(long Step, long Offset)> _points = [];
    private int _hiddenFrom;

    /// <summary>The largest step that is shown, or one a little beyond it; null if none is.</summary>
    public long? Shown { get; private set; }

    /// <summary>Whether a point was logged since the run was resumed.</summary>
    public bool IsContinued { get; set; }

    /// <summary>The points that a start of a session has hidden.</summary>
    public ReadOnlySpan<(long Step, long Offset)> Hidden => CollectionsMarshal.AsSpan(_points)[_hiddenFrom..];

    /// <summary>Adds a point as the data server of TensorBoard does: it takes away those that have the same step or a later one.</summary>
    /// <param name="step">Its step.</param>
    /// <param name="offset">Where it stands.</param>
    /// <param name="isKept">Whether it may be hidden later.</param>
    public void Add(long step, long offset, bool isKept)
    {
        var left = _points.Count;
        while (left > 0 && _points[left - 1].Step >= step)
        {
            left--;
        }

        _points.RemoveRange(left, _points.Count - left);
        _hiddenFrom = Math.Min(_hiddenFrom, left);
        if (isKept)
        {
            // What is still hidden before it stays so.
            var isNextShown = _hiddenFrom == _points.Count;
            _points.Add((step, offset));
            _hiddenFrom += isNextShown ? 1 : 0;
        }

        Shown = Math.Max(Shown ?? step, step);
    }

    /// <summary>Hides what a start of a session at a step hides in the Python reader.</summary>
    public void HideFrom(long step)
    {
        while (_hiddenFrom > 0 && _points[_hiddenFrom - 1].Step >= step)
        {
            _hiddenFrom--;
        }

        if (Shown >= step)
        {
            Shown = step > long.MinValue ? step - 1 : null;
        }
    }

    /// <summary>Shows the first hidden point again, which was written once more.</summary>
    public void ShowNext()
    {
        if (_hiddenFrom < _points.Count)
        {
            Shown = Math.Max(Shown ?? long.MinValue, _points[_hiddenFrom++].Step);
        }
    }
}
