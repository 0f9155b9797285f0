using System.Globalization;

namespace PluginLoggers.Benchmarks.Ratios;

/// <summary>A bound for a ratio.</summary>
/// <param name="Bound">The bound; NaN where the ratio is only reported.</param>
/// <param name="IsCeiling">Whether it is not to be exceeded; else it is to be reached.</param>
internal readonly record struct Goal(double Bound, bool IsCeiling)
{
    public static Goal None => new(double.NaN, IsCeiling: true);

    public static Goal AtMost(double bound) => new(bound, IsCeiling: true);

    public static Goal AtLeast(double bound) => new(bound, IsCeiling: false);

    public bool IsMetBy(double ratio) => double.IsNaN(Bound) || (IsCeiling ? ratio <= Bound : ratio >= Bound);

    public override string ToString() => double.IsNaN(Bound)
        ? "reported"
        : string.Create(CultureInfo.InvariantCulture, $"{(IsCeiling ? "<=" : ">=")} {Bound:0.0}");
}
