namespace PluginLoggers.Fixtures;

/// <summary>
/// What goes wrong. Members are named as <c>Create</c>, <c>LogMetrics</c>, <c>LogText</c>, <c>SaveAsync</c>, <c>FinalizeAsync</c>,
/// <c>DisposeAsync</c>, <c>Bookmark</c>.
/// </summary>
public sealed class MisbehavingOptions
{
    /// <summary>
    /// Behind the name of <see cref="Signal"/>, that of a <see cref="SemaphoreSlim"/> which is released by each member that begins to wait.
    /// </summary>
    public const string Entered = ".Entered";

    /// <summary>The members that throw. The default is none.</summary>
    public IReadOnlyList<string> Throw { get; set; } = [];

    /// <summary>How often each of them throws, over all instances of a logger of a run, before it works. The default is always.</summary>
    public int ThrowTimes { get; set; } = int.MaxValue;

    /// <summary>The members that wait for <see cref="Signal"/>. The default is none.</summary>
    public IReadOnlyList<string> Hang { get; set; } = [];

    /// <summary>The name under which the test has put a <see cref="WaitHandle"/> with <see cref="AppContext.SetData"/>.</summary>
    public string Signal { get; set; } = "";

    /// <summary>Metrics and texts whose names contain this are rejected. The default rejects nothing.</summary>
    public string Reject { get; set; } = "";

    /// <summary>Whether it offers bookmarks. The default is true.</summary>
    public bool Bookmarks { get; set; } = true;

    /// <summary>The file to write in the output directory. The default is <c>records.txt</c>.</summary>
    public string File { get; set; } = "records.txt";
}
