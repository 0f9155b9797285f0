namespace PluginLoggers.TensorBoard;

/// <summary>The event files of one folder, read one after the other in the order of their names.</summary>
internal sealed class EventFileRun(string name, IReadOnlyList<string> files) : SourceRun
{
    public override string Name => name;

    public override long Bytes => files.Sum(LengthOf);

    public override RunStatus ReadTo(IImportTarget target, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        var import = new EventImport(target);
        var before = 0L;
        foreach (var file in files)
        {
            using var reader = new EventFileReader(file);
            while (reader.TryRead(out var scalar, out var other))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (other is null)
                {
                    import.Log(scalar);
                }
                else if (import.Log(other, reader.Position - reader.Offset) is { } defect)
                {
                    target.ReportDamage(file, reader.Offset, defect);
                }

                target.BytesRead = before + reader.Position;
            }

            if (WhyItEnds(reader) is { } reason)
            {
                target.ReportDamage(file, reader.Offset, reason);
            }

            before += LengthOf(file);
            target.BytesRead = before;
        }

        // The projector's files stand beside the event files, and are no records.
        if (files is [var first, ..] && File.Exists(Path.Combine(Path.GetDirectoryName(first)!, ProjectorFiles.ConfigName)))
        {
            target.ReportSkipped("the projector's embeddings");
        }

        return import.Status;
    }

    private static string? WhyItEnds(EventFileReader reader) => reader.End switch
    {
        RecordEnd.EndOfFile => null,
        RecordEnd.TornTail => "the file ends within a record, which is being written now or never was finished",
        RecordEnd.Cut => "the file has become shorter while it was read",
        _ => reader.Reason,
    };

    private static long LengthOf(string file)
    {
        try
        {
            return new FileInfo(file).Length;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What is the matter with the file is told when it is read.
            return 0;
        }
    }
}
