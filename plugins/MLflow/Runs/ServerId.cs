namespace PluginLoggers.MLflow;

/// <summary>Ids that a server gives to experiments and runs.</summary>
internal static class ServerId
{
    private const int MaxLength = 64;

    /// <summary>Whether it may be one, or is null; anything else would have to be escaped wherever it stands.</summary>
    public static bool IsOne(string? id) =>
        id is null || (id.Length is > 0 and <= MaxLength && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'));
}
