using PluginLoggers.Hosting.Plugins;

namespace PluginLoggers.Hosting.Configuration;

/// <summary>The mistakes found so far.</summary>
internal sealed class MistakeList
{
    private readonly List<ConfigurationMistake> _mistakes = [];

    public int Count => _mistakes.Count;

    public void Add(ConfigurationMistake mistake) => _mistakes.Add(mistake);

    public void Add(string path, string found, string? expected = null, string? nearest = null) =>
        _mistakes.Add(new ConfigurationMistake(path, found, expected, nearest));

    /// <summary>Adds a name that is none of those that are known.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="kind">What it would be: a section, an option.</param>
    /// <param name="name">The name found.</param>
    /// <param name="known">The names known.</param>
    public void AddUnknownName(string path, string kind, string name, IReadOnlyCollection<string> known) =>
        Add(path, $"an unknown {kind}", known.Count == 0 ? "none" : Names.Join(known), Names.Nearest(name, known));

    /// <summary>Adds what a check says that refuses with an <see cref="ArgumentException"/>.</summary>
    /// <param name="path">Where the value is.</param>
    /// <param name="value">The value.</param>
    /// <param name="check">The check.</param>
    public void AddIfRefused(string path, string value, Action<string> check)
    {
        try
        {
            check(value);
        }
        catch (ArgumentException exception)
        {
            Add(path, Text.OneLine(exception.Message, 500));
        }
    }

    public void ThrowIfAny()
    {
        if (_mistakes.Count > 0)
        {
            throw new LoggersConfigurationException([.. _mistakes]);
        }
    }
}
