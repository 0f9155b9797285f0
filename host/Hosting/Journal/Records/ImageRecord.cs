namespace PluginLoggers.Hosting.Journal.Records;

/// <summary>Name, bytes of the image file; its format and size stand in it.</summary>
internal static class ImageRecord
{
    public static void Write(RecordBuffer body, string name, ImageData image)
    {
        body.WriteText(name);
        body.WriteBlob(image.Encoded.Span);
    }

    public static void Deliver(ref RecordReader body, ILightningLogger logger, long step) =>
        logger.LogImage(body.ReadText(), body.ReadValue(static blob => ImageData.FromEncoded(blob)), step);
}
