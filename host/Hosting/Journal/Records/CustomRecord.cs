namespace PluginLoggers.Hosting.Journal.Records;

/// <summary>Kind, name, payload.</summary>
internal static class CustomRecord
{
    public static void Write(RecordBuffer body, string kind, string name, ReadOnlySpan<byte> payload)
    {
        body.WriteText(kind);
        body.WriteText(name);
        body.WriteBlob(payload);
    }

    public static string KindOf(RecordReader body) => body.ReadText();

    public static void Deliver(ref RecordReader body, ILightningLogger logger, long step) =>
        logger.LogCustom(body.ReadText(), body.ReadText(), body.ReadBlob(), step);
}
