namespace PluginLoggers.Hosting;

/// <summary>How far an import is.</summary>
/// <param name="BytesRead">How many bytes of the source are read.</param>
/// <param name="UndeliveredBytes">
/// How many bytes of the run's journal the slowest backend has still to get; null while the source is read.
/// </param>
public readonly record struct ImportProgress(long BytesRead, long? UndeliveredBytes);
