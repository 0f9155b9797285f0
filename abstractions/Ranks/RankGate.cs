using System.Globalization;

namespace PluginLoggers;

/// <summary>Says which process of a distributed training logs: the one of rank 0. The others get a <see cref="DummyLogger"/>.</summary>
/// <remarks>
/// The rank is the first of <c>RANK</c>, <c>LOCAL_RANK</c>, <c>SLURM_PROCID</c>, <c>JSM_NAMESPACE_RANK</c>, <c>OMPI_COMM_WORLD_RANK</c>,
/// <c>PMI_RANK</c> and <c>PMIX_RANK</c> in the environment that is a whole number, else 0. Immutable.
/// </remarks>
public sealed class RankGate
{
    private static readonly string[] Variables =
        ["RANK", "LOCAL_RANK", "SLURM_PROCID", "JSM_NAMESPACE_RANK", "OMPI_COMM_WORLD_RANK", "PMI_RANK", "PMIX_RANK"];

    /// <summary>Creates a gate for a known rank.</summary>
    /// <param name="rank">The rank, 0 or more.</param>
    /// <param name="source">Where it comes from, for messages.</param>
    public RankGate(int rank, string source)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rank);
        (Rank, Source) = (rank, source);
    }

    /// <summary>The rank of this process.</summary>
    public int Rank { get; }

    /// <summary>Where the rank comes from, such as the name of a variable.</summary>
    public string Source { get; }

    /// <summary>Whether this process logs.</summary>
    public bool IsRankZero => Rank == 0;

    /// <summary>Reads the rank from the environment.</summary>
    /// <param name="variable">Looks up a variable; null is the environment of the process.</param>
    public static RankGate FromEnvironment(Func<string, string?>? variable = null)
    {
        variable ??= Environment.GetEnvironmentVariable;
        foreach (var name in Variables)
        {
            if (int.TryParse(variable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var rank))
            {
                return new RankGate(rank, name);
            }
        }

        return new RankGate(0, "no variable");
    }

    /// <summary>
    /// Creates what only rank 0 has, such as a backend's native handle; other ranks get the one <see cref="DummyExperiment"/>.
    /// </summary>
    /// <param name="create">Called on rank 0 only.</param>
    /// <exception cref="InvalidOperationException">
    /// <paramref name="create"/> returned null on rank 0: that is a defect, and no dummy hides it.
    /// </exception>
    public object Experiment(Func<object?> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        return IsRankZero
            ? create() ?? throw new InvalidOperationException("The experiment of rank 0 is null.")
            : DummyExperiment.Instance;
    }
}
