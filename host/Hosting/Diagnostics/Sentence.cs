namespace PluginLoggers.Hosting.Diagnostics;

/// <summary>Causes come from anywhere, with a full stop at their end or without; what is told after them begins a sentence.</summary>
internal static class Sentence
{
    /// <summary>A text with its end.</summary>
    public static string Of(string text)
    {
        var trimmed = text.TrimEnd();
        return trimmed.EndsWith('.') || trimmed.EndsWith('?') || trimmed.EndsWith('!') ? trimmed : trimmed + ".";
    }
}
