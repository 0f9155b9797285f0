namespace PluginLoggers.Hosting.Plugins;

/// <summary>Why a plug-in cannot be used, and what to do about it.</summary>
/// <param name="Code">A stable code, <c>PL000</c> to <c>PL009</c>.</param>
/// <param name="File">The file or folder that it concerns, an absolute path; the name of the type for a plug-in without a file.</param>
/// <param name="Reason">What is wrong, in a clause.</param>
/// <param name="Cure">What to do, in a clause.</param>
public sealed record PluginDefect(string Code, string File, string Reason, string Cure)
{
    /// <summary>The defect in one line.</summary>
    public override string ToString() => $"{Code} {File}: {Reason}; {Cure}";
}
