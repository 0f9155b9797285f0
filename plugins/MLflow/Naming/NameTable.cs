using System.Text.Encodings.Web;
using System.Text.Json;

namespace PluginLoggers.MLflow;

/// <summary>The names of a run as the server takes them; a name that had to be changed is told once.</summary>
internal sealed class NameTable(Action<string> report)
{
    private const int MaxShown = 80;
    private readonly Dictionary<string, JsonEncodedText> _metrics = new(StringComparer.Ordinal);
    private readonly HashSet<(string Kind, string Name)> _told = [];

    /// <summary>A metric's name, encoded once for all its points.</summary>
    public JsonEncodedText Metric(string name)
    {
        if (!_metrics.TryGetValue(name, out var key))
        {
            key = JsonEncodedText.Encode(Map("metric", name), JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
            _metrics.Add(name, key);
        }

        return key;
    }

    public string Param(string name) => Map("param", name);

    public string Tag(string name) => Map("tag", name);

    /// <summary>The path of an artifact.</summary>
    public string Artifact(string name) =>
        Tell("artifact", name, ArtifactName.Map(name), "'%', '#', '\\' and control characters do not survive the way to it");

    /// <summary>The name of a logged model.</summary>
    public string Model(string name) =>
        Tell("logged model", name, ServerName.MapModel(name), "a model's name has none of / : . % \" ' in it");

    /// <summary>
    /// The key of an image, in the name of its file. That groups are separated otherwise is told once, not for each image.
    /// </summary>
    public string ImageKey(string name)
    {
        const string Reason = "the UI reads it from the name of a file, in which '/' stands as '.'";
        var mapped = ArtifactName.MapImageKey(name);
        if (mapped != name.Replace('/', '.'))
        {
            return Tell("image", name, mapped, Reason);
        }

        if (mapped != name && _told.Add(("image", "/")))
        {
            report($"An image '{name}' is called '{mapped}' on the MLflow server, and others likewise: {Reason}.");
        }

        return mapped;
    }

    private string Map(string kind, string name) =>
        Tell(kind, name, ServerName.Map(name), "it takes letters, digits, spaces and _ - . / :, at most 250 characters");

    private string Tell(string kind, string name, string mapped, string reason)
    {
        if (!ReferenceEquals(name, mapped) && name != mapped && _told.Add((kind, name)))
        {
            var shown = name.Length <= MaxShown ? name : name[..MaxShown] + "...";
            report($"The {kind} '{shown}' is called '{mapped}' on the MLflow server: {reason}.");
        }

        return mapped;
    }
}
