using PluginLoggers.Hosting.SystemMetrics;

namespace PluginLoggers.Hosting.Tests.SystemMetrics;

/// <summary>Sources that read what a test says.</summary>
internal static class Readings
{
    /// <summary>What the last of some readings gives.</summary>
    public static Dictionary<string, double> Last(Func<Func<string>, ISystemMetricSource> source, params string[] texts)
    {
        var left = new Queue<string>(texts);
        var reading = source(left.Dequeue);
        var metrics = new List<Metric>();
        foreach (var _ in texts)
        {
            metrics.Clear();
            reading.Read(metrics);
        }

        return metrics.ToDictionary(metric => metric.Name, metric => metric.Value);
    }

    /// <summary>Texts with a damage each: cut off, a byte changed, lines mixed up.</summary>
    public static IEnumerable<string> Damaged(string text, int count)
    {
        var random = new Random(20260131);
        for (var i = 0; i < count; i++)
        {
            var characters = text.ToCharArray();
            for (var changes = random.Next(4); changes > 0; changes--)
            {
                characters[random.Next(characters.Length)] = "09-:.x \n\0\u00e9"[random.Next(10)];
            }

            var changed = new string(characters);
            yield return random.Next(3) switch
            {
                0 => changed[..random.Next(changed.Length)],
                1 => string.Join('\n', changed.Split('\n').OrderBy(_ => random.Next())),
                _ => changed,
            };
        }
    }

    /// <summary>Whatever the text: metrics that are numbers, or an <see cref="InvalidDataException"/>.</summary>
    public static void AssertHarmless(Func<Func<string>, ISystemMetricSource> source, string good)
    {
        var (read, refused) = (0, 0);
        foreach (var text in Damaged(good, 3000))
        {
            try
            {
                Assert.All(
                    Last(source, good, text).Values,
                    value => Assert.True(double.IsFinite(value) && value >= 0, $"{value} from {text}"));
                read++;
            }
            catch (InvalidDataException mistake)
            {
                Assert.NotEmpty(mistake.Message);
                refused++;
            }
        }

        Assert.True(read > 0 && refused > 0, $"{read} were read, {refused} were refused.");
    }
}
