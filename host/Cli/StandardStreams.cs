namespace PluginLoggers.Cli;

/// <summary>Where the command reads and writes: results go to <see cref="Out"/>, everything else to <see cref="Error"/>.</summary>
internal sealed record StandardStreams(Stream In, TextWriter Out, TextWriter Error)
{
    /// <summary>Whether a person types the input.</summary>
    public bool InIsTerminal { get; init; }

    /// <summary>Whether a person reads the results.</summary>
    public bool OutIsTerminal { get; init; }

    /// <summary>Whether a person reads everything else.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>Those of this process.</summary>
    public static StandardStreams OfThisProcess() => new(
        Console.OpenStandardInput(), Console.Out, Console.IsErrorRedirected ? new ErrorWriter(Console.Error) : Console.Error)
    {
        InIsTerminal = !Console.IsInputRedirected,
        OutIsTerminal = !Console.IsOutputRedirected,
        ErrorIsTerminal = !Console.IsErrorRedirected,
    };
}
