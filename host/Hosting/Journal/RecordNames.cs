using System.Text;

namespace PluginLoggers.Hosting.Journal;

/// <summary>What holds for every name that is logged.</summary>
internal static class RecordNames
{
    /// <summary>Refuses null and what is too long.</summary>
    public static void Check(string? name, string parameter)
    {
        ArgumentNullException.ThrowIfNull(name, parameter);
        if (name.Length > RecordLimits.MaxNameBytes / 4
            && Encoding.UTF8.GetByteCount(name) is var bytes
            && bytes > RecordLimits.MaxNameBytes)
        {
            throw new ArgumentException(
                $"The name '{name[..64]}...' has {bytes:N0} bytes of UTF-8; {RecordLimits.MaxNameBytes:N0} are the most.", parameter);
        }
    }
}
