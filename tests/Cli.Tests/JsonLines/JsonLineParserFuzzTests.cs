using System.Text;
using System.Text.Json;
using PluginLoggers.Cli.JsonLines;

namespace PluginLoggers.Cli.Tests.JsonLines;

public sealed class JsonLineParserFuzzTests
{
    private static readonly string[] Seeds =
    [
        """{"step":1,"loss":0.5,"train":{"acc":1e-3,"ok":true},"note":"a\u00e9\n","gone":null}""",
        """{"a":NaN,"b":-Infinity,"c":"NaN","d":{"e":{"f":12345678901234567890}}}""",
        """{"step":-9223372036854775808,"\"":{"\\":0},"list":[1,[2,{"a":3}]]}""",
    ];

    [Fact]
    public void Mutated_lines_are_read_or_refused_with_a_reason_and_agree_with_another_reader()
    {
        var random = new Random(20260101);
        var parser = new JsonLineParser();
        var read = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var line = Mutate(Encoding.UTF8.GetBytes(Seeds[random.Next(Seeds.Length)]), random);
            try
            {
                parser.Parse(line);
            }
            catch (BadLineException bad)
            {
                Assert.NotEmpty(bad.Message);
                continue;
            }

            read++;
            var expected = new List<Metric>();
            using var document = JsonDocument.Parse(BareNumbers.Quote(line) is { } quoted && !IsJson(line) ? quoted : line);
            Collect(document.RootElement, "", expected);
            Assert.Equal(expected, parser.Metrics.ToArray());
        }

        Assert.InRange(read, 1000, 19_000);
    }

    private static byte[] Mutate(byte[] line, Random random)
    {
        var bytes = line.ToList();
        for (var edits = random.Next(4); edits > 0 && bytes.Count > 1; edits--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveAt(at);
                    break;
                case 2:
                    bytes.Insert(at, "{}[]\",:\\0eN\n"u8[random.Next(12)]);
                    break;
                default:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }
        }

        return [.. bytes];
    }

    private static bool IsJson(byte[] line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static void Collect(JsonElement value, string name, List<Metric> metrics)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in value.EnumerateObject().Where(property => name.Length > 0 || property.Name != "step"))
                {
                    Collect(property.Value, name + "|" + property.Name, metrics);
                }

                break;
            case JsonValueKind.Number:
                metrics.Add(Metric(name, value.GetDouble()));
                break;
            case JsonValueKind.True or JsonValueKind.False:
                metrics.Add(Metric(name, value.GetBoolean() ? 1 : 0));
                break;
            case JsonValueKind.String when value.GetString() is "NaN" or "Infinity" or "-Infinity":
                metrics.Add(Metric(name, double.Parse(value.GetString()!, System.Globalization.CultureInfo.InvariantCulture)));
                break;
        }
    }

    private static Metric Metric(string path, double value) => new(path[1..].Replace('|', '/'), value);
}
