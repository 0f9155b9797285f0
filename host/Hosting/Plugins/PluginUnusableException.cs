namespace PluginLoggers.Hosting.Plugins;

/// <summary>A plug-in that a logger needs cannot be used. <see cref="Defect"/> says why; the message is its one line.</summary>
public sealed class PluginUnusableException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="defect">What is wrong with the plug-in.</param>
    /// <param name="innerException">The cause, or null.</param>
    public PluginUnusableException(PluginDefect defect, Exception? innerException = null)
        : base(Line(defect), innerException)
    {
        Defect = defect;
    }

    /// <summary>What is wrong with the plug-in.</summary>
    public PluginDefect Defect { get; }

    /// <summary>The stable code, <c>PL000</c> to <c>PL009</c>.</summary>
    public string Code => Defect.Code;

    private static string Line(PluginDefect defect)
    {
        ArgumentNullException.ThrowIfNull(defect);
        return defect.ToString();
    }
}
