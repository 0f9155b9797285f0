namespace PluginLoggers.Hosting.Journal.Records;

/// <summary>Name, text.</summary>
internal static class TextRecord
{
    public static void Write(RecordBuffer body, string name, string text)
    {
        body.WriteText(name);
        body.WriteText(text);
    }

    public static void Deliver(ref RecordReader body, ILightningLogger logger, long step) =>
        logger.LogText(body.ReadText(), body.ReadText(), step);
}
