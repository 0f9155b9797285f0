namespace PluginLoggers.Hosting.Configuration;

/// <summary>
/// Keeps secrets out of runs: a string whose name contains, as a whole word, key, token, secret or password is replaced before it is
/// journalled. Numbers stay, whatever their name. Safe for any number of threads.
/// </summary>
internal sealed class HyperparameterRedaction
{
    private const int MostTold = 100;

    private readonly HashSet<string> _allowed;
    private readonly Action<string> _report;
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);

    /// <summary>Creates it.</summary>
    /// <param name="settings">What is let through.</param>
    /// <param name="report">Told once a name, what was done and how to undo it.</param>
    public HyperparameterRedaction(RedactionSettings settings, Action<string> report)
    {
        _allowed = new HashSet<string>(settings.Allow, StringComparer.OrdinalIgnoreCase);
        _report = report;
    }

    /// <summary>Hyperparameters without secrets; the same object if there was none.</summary>
    /// <param name="hyperparams">Flat names, and values.</param>
    public IReadOnlyDictionary<string, object?> Redact(IReadOnlyDictionary<string, object?> hyperparams)
    {
        if (!hyperparams.Any(pair => pair.Value is string && IsSecret(pair.Key)))
        {
            return hyperparams;
        }

        return hyperparams.ToDictionary(
            pair => pair.Key,
            pair => pair.Value is string value ? Redact("hyperparameter", pair.Key, value) : pair.Value,
            StringComparer.Ordinal);
    }

    /// <summary>Tags without secrets; the same object if there was none.</summary>
    /// <param name="tags">Names and values.</param>
    public IReadOnlyDictionary<string, string> RedactTags(IReadOnlyDictionary<string, string> tags) => tags.Keys.Any(IsSecret)
        ? tags.ToDictionary(tag => tag.Key, tag => Redact("tag", tag.Key, tag.Value), StringComparer.Ordinal)
        : tags;

    private bool IsSecret(string name) => SecretNames.IsSecretHyperparameter(name) && !_allowed.Contains(name);

    private string Redact(string kind, string name, string value)
    {
        if (!IsSecret(name))
        {
            return value;
        }

        bool first;
        lock (_told)
        {
            first = _told.Count < MostTold && _told.Add(name);
        }

        if (first)
        {
            _report($"The {kind} {name} may be a secret and is logged as {SecretNames.Redacted}; "
                + $"to let it through, name it in {ConfigurationNames.Allow}.");
        }

        return SecretNames.Redacted;
    }
}
