namespace PluginLoggers.Benchmarks.Ratios;

/// <summary>How much work a figure is measured with.</summary>
/// <param name="IsQuick">Whether it is to be done in seconds.</param>
internal readonly record struct Effort(bool IsQuick)
{
    public int Of(int whole, int quick) => IsQuick ? quick : whole;
}
