namespace PluginLoggers.Hosting.Journal.Records;

/// <summary>One byte: the <see cref="RunStatus"/>.</summary>
internal static class StatusRecord
{
    public static void Write(RecordBuffer body, RunStatus status) => body.WriteByte((byte)status);

    public static RunStatus Read(RecordReader body) => (RunStatus)body.ReadByte() is var status && Enum.IsDefined(status)
        ? status
        : throw new MalformedRecordException("The journal has a status that does not exist.");
}
