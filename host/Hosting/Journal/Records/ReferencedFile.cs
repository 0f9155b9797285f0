namespace PluginLoggers.Hosting.Journal.Records;

/// <summary>What was logged by reference must still be there when it is delivered; trying again would not bring it back.</summary>
internal static class ReferencedFile
{
    public static void Demand(string path, string what)
    {
        if (!File.Exists(path) && !Directory.Exists(path))
        {
            throw new LoggerRejectedException(
                $"The {what} {path} is gone. It is logged by reference: leave the file where it is until it is delivered.");
        }
    }
}
