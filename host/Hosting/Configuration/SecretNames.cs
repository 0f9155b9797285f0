namespace PluginLoggers.Hosting.Configuration;

/// <summary>Names under which secrets stand.</summary>
internal static class SecretNames
{
    /// <summary>What stands in place of a secret.</summary>
    public const string Redacted = "[redacted]";

    // More words than for hyperparameters: a message loses little by hiding too much.
    private static readonly string[] OptionWords =
    [
        "key", "keys", "apikey", "token", "tokens", "secret", "secrets", "password", "passwords", "passwd", "passphrase", "pwd", "pass",
        "credential", "credentials", "auth", "authorization", "bearer", "cookie",
    ];

    private static readonly string[] HyperparameterWords = ["key", "token", "secret", "password"];

    /// <summary>Says whether the value of an option may be a secret.</summary>
    /// <param name="path">Its name, or its whole path; the names above it count as well.</param>
    public static bool IsSecret(string path) => NameWords.HasAny(path, OptionWords);

    /// <summary>Says whether a hyperparameter that is a string may be a secret.</summary>
    /// <param name="name">Its name.</param>
    public static bool IsSecretHyperparameter(string name) => NameWords.HasAny(name, HyperparameterWords);
}
