namespace PluginLoggers.Hosting.Journal.Records;

/// <summary>Absolute path, metric or none, score, flags: 1 best, 2 latest, 4 has a score.</summary>
internal static class CheckpointRecord
{
    private const byte Best = 1;
    private const byte Latest = 2;
    private const byte HasScore = 4;

    public static void Write(RecordBuffer body, Checkpoint checkpoint)
    {
        body.WriteText(Path.GetFullPath(checkpoint.Path));
        body.WriteOptionalText(checkpoint.Metric);
        body.WriteDouble(checkpoint.Score ?? 0);
        body.WriteByte(
            (byte)((checkpoint.IsBest ? Best : 0) | (checkpoint.IsLatest ? Latest : 0) | (checkpoint.Score.HasValue ? HasScore : 0)));
    }

    public static void Deliver(ref RecordReader body, ILightningLogger logger, long step)
    {
        var (path, metric, score, flags) = (body.ReadText(), body.ReadOptionalText(), body.ReadDouble(), body.ReadByte());
        ReferencedFile.Demand(path, "checkpoint");
        logger.AfterSaveCheckpoint(new Checkpoint(path)
        {
            Step = step,
            Metric = metric,
            Score = (flags & HasScore) != 0 ? score : null,
            IsBest = (flags & Best) != 0,
            IsLatest = (flags & Latest) != 0,
        });
    }
}
