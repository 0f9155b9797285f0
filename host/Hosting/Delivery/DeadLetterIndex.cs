using System.Text.Json;

namespace PluginLoggers.Hosting.Delivery;

/// <summary>The dead letters of one logger: a line of JSON each. A record that is delivered again after a crash is entered once.</summary>
internal sealed class DeadLetterIndex(string path)
{
    public const string Suffix = ".dead-letters.jsonl";

    private readonly HashSet<(string Position, string? Metric)> _known = Read(path);

    public void Add(DeadLetter letter)
    {
        if (!_known.Add((letter.Position, letter.Metric)))
        {
            return;
        }

        using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
        file.Write([.. JsonSerializer.SerializeToUtf8Bytes(letter, DeliveryJson.Default.DeadLetter), (byte)'\n']);
    }

    private static HashSet<(string, string?)> Read(string path)
    {
        var known = new HashSet<(string, string?)>();
        foreach (var line in File.Exists(path) ? File.ReadLines(path) : [])
        {
            try
            {
                if (JsonSerializer.Deserialize(line, DeliveryJson.Default.DeadLetter) is { } letter)
                {
                    known.Add((letter.Position, letter.Metric));
                }
            }
            catch (JsonException)
            {
                // A line that a crash cut off: its record is delivered again, and refused again.
            }
        }

        return known;
    }
}
