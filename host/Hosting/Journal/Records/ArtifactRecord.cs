namespace PluginLoggers.Hosting.Journal.Records;

/// <summary>Absolute path, name or none.</summary>
internal static class ArtifactRecord
{
    public static void Write(RecordBuffer body, string path, string? name)
    {
        body.WriteText(Path.GetFullPath(path));
        body.WriteOptionalText(name);
    }

    public static void Deliver(ref RecordReader body, ILightningLogger logger)
    {
        var path = body.ReadText();
        ReferencedFile.Demand(path, "artifact");
        logger.LogArtifact(path, body.ReadOptionalText());
    }
}
