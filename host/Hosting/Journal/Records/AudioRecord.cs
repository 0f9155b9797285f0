namespace PluginLoggers.Hosting.Journal.Records;

/// <summary>Name, bytes of the WAV file.</summary>
internal static class AudioRecord
{
    public static void Write(RecordBuffer body, string name, AudioData audio)
    {
        body.WriteText(name);
        body.WriteBlob(audio.Wav.Span);
    }

    public static void Deliver(ref RecordReader body, ILightningLogger logger, long step) =>
        logger.LogAudio(body.ReadText(), body.ReadValue(static blob => AudioData.FromWav(blob)), step);
}
