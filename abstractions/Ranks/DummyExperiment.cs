using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Dynamic;

namespace PluginLoggers;

/// <summary>Stands in for an experiment where nothing is logged: through <c>dynamic</c>, it takes any call, and gives itself back.</summary>
/// <remarks>As a sequence it is empty. <c>dynamic</c> itself needs run-time code; without it, this is a plain recorder that forgets.</remarks>
public class DummyExperiment : DynamicObject, IOpenRecorder, IEnumerable<object>
{
    /// <summary>Creates one.</summary>
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Only a dynamic call site makes code at run time, and each one warns by itself.")]
    public DummyExperiment()
    {
    }

    /// <summary>The only one that is needed: it has no state.</summary>
    public static DummyExperiment Instance { get; } = new();

    /// <inheritdoc/>
    public void LogCustom(string kind, string name, ReadOnlySpan<byte> payload, long? step = null)
    {
    }

    /// <inheritdoc/>
    public IEnumerator<object> GetEnumerator() => Enumerable.Empty<object>().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public override bool TryGetMember(GetMemberBinder binder, out object? result) => Itself(out result);

    /// <inheritdoc/>
    public override bool TrySetMember(SetMemberBinder binder, object? value) => true;

    /// <inheritdoc/>
    public override bool TryInvokeMember(InvokeMemberBinder binder, object?[]? args, out object? result) => Itself(out result);

    /// <inheritdoc/>
    public override bool TryInvoke(InvokeBinder binder, object?[]? args, out object? result) => Itself(out result);

    /// <inheritdoc/>
    public override bool TryGetIndex(GetIndexBinder binder, object[] indexes, out object? result) => Itself(out result);

    /// <inheritdoc/>
    public override bool TrySetIndex(SetIndexBinder binder, object[] indexes, object? value) => true;

    private bool Itself([NotNull] out object? result)
    {
        result = this;
        return true;
    }
}
