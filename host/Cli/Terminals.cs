using Spectre.Console;

namespace PluginLoggers.Cli;

/// <summary>Makes what Spectre draws on.</summary>
internal static class Terminals
{
    private const int Unlimited = 10_000;

    /// <summary>A terminal as it is, or plain lines of any length where a program, a file or a build server reads.</summary>
    public static IAnsiConsole Create(TextWriter writer, bool isTerminal)
    {
        if (isTerminal)
        {
            return AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
        }

        var plain = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        plain.Profile.Width = Unlimited;
        return plain;
    }

    /// <summary>Whether something can move on it.</summary>
    public static bool IsLive(this IAnsiConsole console) => console.Profile.Capabilities is { Ansi: true, Interactive: true };

    /// <summary>Text from outside, without the control characters that a terminal would obey.</summary>
    public static string Printable(string text) =>
        string.Concat(text.Select(character => char.IsControl(character) ? '\uFFFD' : character));
}
