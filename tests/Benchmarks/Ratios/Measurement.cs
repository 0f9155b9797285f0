namespace PluginLoggers.Benchmarks.Ratios;

/// <summary>A figure as it was measured: medians of both sides.</summary>
/// <param name="Name">The figure.</param>
/// <param name="Ours">Our median.</param>
/// <param name="Reference">The reference's median.</param>
internal sealed record Measurement(string Name, double Ours, double Reference)
{
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(300);

    public double Ratio => Ours / Reference;

    /// <summary>
    /// Warms both sides up, until their code is compiled for good, then measures them in turn, ABAB: what the machine does meanwhile
    /// hits both.
    /// </summary>
    public static Measurement Of(string name, Figure figure)
    {
        for (var warmUp = 0; warmUp < figure.WarmUps; warmUp++)
        {
            figure.Ours();
            figure.Reference();

            // The runtime compiles hot code again when nothing new has run for 100 ms.
            Thread.Sleep(Rest);
        }

        var (ours, reference) = (new double[figure.Rounds], new double[figure.Rounds]);
        for (var round = 0; round < figure.Rounds; round++)
        {
            ours[round] = figure.Ours();
            reference[round] = figure.Reference();
        }

        return new Measurement(name, Median(ours), Median(reference));
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        var middle = values.Length / 2;
        return values.Length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
