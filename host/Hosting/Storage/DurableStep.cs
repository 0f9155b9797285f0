using System.Diagnostics;

namespace PluginLoggers.Storage;

/// <summary>
/// The places between two system calls at which a crash, or a disk that refuses, leaves something half done. In a debug build a test may
/// end the process there, or fail the call; a release build has nothing of it.
/// </summary>
/// <remarks>Source of the host and of the plug-ins that write files: at run time they share nothing but the contract.</remarks>
internal static class DurableStep
{
    /// <summary>Where a test puts what it does before a call: an <c>Action</c> of the call's name and the file, which may throw.</summary>
    private const string Place = "PluginLoggers.DurableStep";

    [Conditional("DEBUG")]
    public static void Before(string call, string path) => (AppContext.GetData(Place) as Action<string, string>)?.Invoke(call, path);
}
