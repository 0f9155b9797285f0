using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Dynamic;
using System.Linq.Expressions;
using System.Runtime.CompilerServices;

namespace PluginLoggers;

/// <summary>
/// Stands in for an experiment where nothing is logged: through <c>dynamic</c>, it takes any call, and gives itself back.
/// </summary>
/// <remarks>
/// As a sequence it is empty, as a condition false, as a value of another type that type's default, and awaiting it returns at once.
/// <c>dynamic</c> itself needs run-time code; without it, this is a plain recorder that forgets.
/// </remarks>
public sealed class DummyExperiment : DynamicObject, IOpenRecorder, IEnumerable<object>, IDisposable
{
    /// <summary>Creates one.</summary>
    [UnconditionalSuppressMessage(
        "AOT", "IL3050", Justification = "Only a dynamic call site makes code at run time, and each one warns by itself.")]
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

    /// <summary>Does nothing: there is nothing to release, and the instance stays usable.</summary>
    public void Dispose()
    {
    }

    /// <inheritdoc/>
    public override bool TryGetMember(GetMemberBinder binder, out object? result) => Itself(out result);

    /// <inheritdoc/>
    public override bool TrySetMember(SetMemberBinder binder, object? value) => true;

    /// <inheritdoc/>
    public override bool TryInvokeMember(InvokeMemberBinder binder, object?[]? args, out object? result)
    {
        ArgumentNullException.ThrowIfNull(binder);
        result = binder.Name == nameof(Task.GetAwaiter) && args is null or [] ? Task.FromResult<object>(this).GetAwaiter() : this;
        return true;
    }

    /// <inheritdoc/>
    public override bool TryInvoke(InvokeBinder binder, object?[]? args, out object? result) => Itself(out result);

    /// <inheritdoc/>
    public override bool TryGetIndex(GetIndexBinder binder, object[] indexes, out object? result) => Itself(out result);

    /// <inheritdoc/>
    public override bool TrySetIndex(SetIndexBinder binder, object[] indexes, object? value) => true;

    /// <inheritdoc/>
    public override bool TryBinaryOperation(BinaryOperationBinder binder, object arg, out object? result) => Itself(out result);

    /// <inheritdoc/>
    public override bool TryUnaryOperation(UnaryOperationBinder binder, out object? result)
    {
        ArgumentNullException.ThrowIfNull(binder);
        result = binder.Operation is ExpressionType.IsTrue or ExpressionType.IsFalse ? binder.Operation == ExpressionType.IsFalse : this;
        return true;
    }

    /// <inheritdoc/>
    [UnconditionalSuppressMessage("Trimming", "IL2072", Justification = "The default of a value type has no constructor to keep.")]
    public override bool TryConvert(ConvertBinder binder, out object? result)
    {
        ArgumentNullException.ThrowIfNull(binder);
        var isNullable = !binder.Type.IsValueType || Nullable.GetUnderlyingType(binder.Type) is not null;
        result = binder.Type.IsInstanceOfType(this) ? this : isNullable ? null : RuntimeHelpers.GetUninitializedObject(binder.Type);
        return true;
    }

    private bool Itself([NotNull] out object? result)
    {
        result = this;
        return true;
    }
}
