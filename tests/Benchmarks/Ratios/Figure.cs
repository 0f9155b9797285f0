using PluginLoggers.Benchmarks.Support;

namespace PluginLoggers.Benchmarks.Ratios;

/// <summary>One path of ours beside a reference that does what cannot be left out.</summary>
internal abstract class Figure : IDisposable
{
    /// <summary>The unit of both sides.</summary>
    public abstract string Unit { get; }

    /// <summary>What the ratio of ours to the reference is to be.</summary>
    public abstract Goal Goal { get; }

    /// <summary>How often both sides are measured, in turn.</summary>
    public virtual int Rounds => 7;

    /// <summary>How often both sides run before they are measured, until their code is compiled for good.</summary>
    public virtual int WarmUps => 4;

    /// <summary>What else was seen, for a person; null for nothing.</summary>
    public virtual string? Remark => null;

    /// <summary>For what is written.</summary>
    protected Scratch Scratch { get; } = new();

    public abstract double Ours();

    public abstract double Reference();

    public virtual void Dispose() => Scratch.Dispose();
}
