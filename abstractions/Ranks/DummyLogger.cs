using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Dynamic;
using System.Runtime.CompilerServices;

namespace PluginLoggers;

/// <summary>A logger that takes anything and keeps nothing: what other ranks, disabled backends and dry runs get.</summary>
/// <remarks>
/// Through <c>dynamic</c>, it takes unknown calls too. As a collection it is empty, yet any index gives the logger itself.
/// </remarks>
public sealed class DummyLogger : DynamicObject, ILightningLogger, IReadOnlyList<ILightningLogger>
{
    /// <summary>Creates one.</summary>
    [UnconditionalSuppressMessage(
        "AOT", "IL3050", Justification = "Only a dynamic call site makes code at run time, and each one warns by itself.")]
    public DummyLogger()
    {
    }

    /// <inheritdoc/>
    public string Name => "";

    /// <inheritdoc/>
    public string Version => "";

    /// <inheritdoc/>
    public object Experiment => DummyExperiment.Instance;

    /// <inheritdoc/>
    public LoggerFeatures Features => LoggerFeatures.All;

    /// <summary>None.</summary>
    public int Count => 0;

    /// <summary>Always the logger itself.</summary>
    /// <param name="index">Any.</param>
    public ILightningLogger this[int index] => this;

    /// <inheritdoc/>
    [OverloadResolutionPriority(1)]
    public void LogMetrics(ReadOnlySpan<Metric> metrics, long? step = null)
    {
    }

    /// <inheritdoc/>
    public void LogMetrics((string Name, double Value)[] metrics, long? step = null)
    {
    }

    /// <inheritdoc/>
    public void LogMetrics(IReadOnlyDictionary<string, double> metrics, long? step = null)
    {
    }

    /// <inheritdoc/>
    public void LogMetric(string name, double value, long? step = null)
    {
    }

    /// <inheritdoc/>
    public void AggregateAndLogMetrics(IReadOnlyDictionary<string, object?> metrics, long? step = null)
    {
    }

    /// <inheritdoc/>
    public void AggregateAndLogMetrics(IReadOnlyDictionary<string, double> metrics, long? step = null)
    {
    }

    /// <inheritdoc/>
    public void LogHyperparams(
        IReadOnlyDictionary<string, object?> hyperparams, IReadOnlyDictionary<string, double>? metrics = null, long? step = null)
    {
    }

    /// <inheritdoc/>
    [RequiresUnreferencedCode(Hyperparameters.ReflectionMessage)]
    public void LogHyperparams(object hyperparams, IReadOnlyDictionary<string, double>? metrics = null, long? step = null)
    {
    }

    /// <inheritdoc/>
    public void LogText(string name, string text, long? step = null)
    {
    }

    /// <inheritdoc/>
    public void LogImage(string name, ImageData image, long? step = null)
    {
    }

    /// <inheritdoc/>
    public void LogHistogram(string name, HistogramData histogram, long? step = null)
    {
    }

    /// <inheritdoc/>
    public void LogAudio(string name, AudioData audio, long? step = null)
    {
    }

    /// <inheritdoc/>
    public void LogGraph(GraphData graph)
    {
    }

    /// <inheritdoc/>
    public void LogArtifact(string path, string? name = null)
    {
    }

    /// <inheritdoc/>
    public void AfterSaveCheckpoint(Checkpoint checkpoint)
    {
    }

    /// <inheritdoc/>
    public void LogCustom(string kind, string name, ReadOnlySpan<byte> payload, long? step = null)
    {
    }

    /// <inheritdoc/>
    public ValueTask SaveAsync(CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask FinalizeAsync(RunStatus status, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    /// <inheritdoc/>
    public IEnumerator<ILightningLogger> GetEnumerator() => Enumerable.Empty<ILightningLogger>().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public override bool TryInvokeMember(InvokeMemberBinder binder, object?[]? args, out object? result)
    {
        result = DummyExperiment.Instance;
        return true;
    }

    /// <inheritdoc/>
    public override bool TryGetMember(GetMemberBinder binder, out object? result)
    {
        result = DummyExperiment.Instance;
        return true;
    }

    /// <inheritdoc/>
    public override bool TrySetMember(SetMemberBinder binder, object? value) => true;
}
