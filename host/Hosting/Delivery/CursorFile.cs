namespace PluginLoggers.Hosting.Delivery;

/// <summary>The file of one backend's cursor. A loop that was left behind, because its backend hangs, does not write it any more.</summary>
internal sealed class CursorFile(string path)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(0.5);

    private readonly Lock _gate = new();
    private volatile bool _isAbandoned;

    /// <summary>The cursor to go on from: the stored one, or the beginning.</summary>
    public Cursor Read(string type, DeliveryReports reports)
    {
        var fresh = new Cursor { Type = type };
        var cursor = Cursor.Read(path);
        if (cursor is null && File.Exists(path))
        {
            reports.CursorIsDamaged(path);
        }
        else if (cursor is not null && !cursor.Type.Equals(type, StringComparison.OrdinalIgnoreCase))
        {
            reports.TypeChanged(cursor.Type);
            cursor = null;
        }

        return cursor ?? fresh;
    }

    /// <summary>Writes a cursor.</summary>
    /// <param name="cursor">The cursor.</param>
    /// <param name="before">Writes what must be on the disk before it; null for nothing.</param>
    public void Write(Cursor cursor, Action? before = null)
    {
        lock (_gate)
        {
            if (_isAbandoned)
            {
                throw new OperationCanceledException(
                    "The run was closed while this backend did not answer; others may be writing it by now.");
            }

            before?.Invoke();
            cursor.Write(path);
        }
    }

    /// <summary>Leaves the file to others, with a note of why for whoever looks at the run later.</summary>
    /// <param name="type">The alias of the plug-in.</param>
    /// <param name="failure">The note.</param>
    public void Abandon(string type, string failure)
    {
        _isAbandoned = true;

        // On another thread, and not waited for long: it may be the disk that hangs.
        Task.Run(() => Note(type, failure)).Wait(Patience);
    }

    private void Note(string type, string failure)
    {
        lock (_gate)
        {
            try
            {
                // Why it failed before says more.
                var cursor = Cursor.Read(path) ?? new Cursor { Type = type };
                (cursor with { LastFailure = cursor.LastFailure ?? failure }).Write(path);
            }
            catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
            {
                // The note is lost, and nothing else.
            }
        }
    }
}
