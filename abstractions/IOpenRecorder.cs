namespace PluginLoggers;

/// <summary>Takes open records: what only some backends know, such as a PR curve or a mesh.</summary>
/// <remarks>
/// Typed extension methods on this interface make such records; a backend says which kinds it reads by
/// <see cref="ILightningLogger.AcceptsCustom"/>. Every logger is one, and so is the <see cref="ILightningLogger.Experiment"/>
/// of a backend on the trainer's side.
/// </remarks>
public interface IOpenRecorder
{
    /// <summary>Logs one open record.</summary>
    /// <param name="kind">Names the format of the payload, by convention <c>backend.thing</c>, such as <c>tensorboard.pr_curve</c>.</param>
    /// <param name="name">The name under which it is shown.</param>
    /// <param name="payload">The record's bytes, copied before the call returns.</param>
    /// <param name="step">The step; null is one more than the largest step of the run so far.</param>
    /// <exception cref="ArgumentException">The record is larger than <see cref="RecordLimits.MaxRecordBytes"/>.</exception>
    void LogCustom(string kind, string name, ReadOnlySpan<byte> payload, long? step = null);

    /// <summary>
    /// Logs an open record of the whole run, such as the layout of its charts: shown at step 0, and no step of the run, whose next one it
    /// does not change.
    /// </summary>
    /// <param name="kind">Names the format of the payload, as in <see cref="LogCustom"/>.</param>
    /// <param name="name">The name under which it is shown.</param>
    /// <param name="payload">The record's bytes, copied before the call returns.</param>
    /// <exception cref="ArgumentException">The record is larger than <see cref="RecordLimits.MaxRecordBytes"/>.</exception>
    void LogCustomOfRun(string kind, string name, ReadOnlySpan<byte> payload) => LogCustom(kind, name, payload, step: 0);
}
