using System.Globalization;
using System.Text.Json;
using PluginLoggers.Benchmarks.Figures;

namespace PluginLoggers.Benchmarks.Ratios;

/// <summary><c>ratios [FIGURE...] [--quick] [--json]</c>: a line a figure, or an array of them.</summary>
internal static class RatiosCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static int Run(ReadOnlySpan<string> arguments)
    {
        var (asked, isQuick, isJson) = (new List<string>(), false, false);
        foreach (var argument in arguments)
        {
            switch (argument)
            {
                case "--quick":
                    isQuick = true;
                    break;
                case "--json":
                    isJson = true;
                    break;
                case var name when FigureTable.All.Any(figure => figure.Name == name):
                    asked.Add(name);
                    break;
                default:
                    var names = string.Join(", ", FigureTable.All.Select(figure => figure.Name));
                    Console.Error.WriteLine($"'{argument}' is none of --quick, --json, {names}.");
                    return 2;
            }
        }

        var chosen = FigureTable.All.Where(figure => asked.Count == 0 || asked.Contains(figure.Name));
        var measured = chosen.Select(figure => Measure(figure.Name, figure.Create(new Effort(isQuick)), isJson)).ToArray();
        if (isJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(measured, Json));
        }

        return 0;
    }

    private static Measurement Measure(string name, Figure figure, bool isJson)
    {
        using (figure)
        {
            var measurement = Measurement.Of(name, figure);
            if (!isJson)
            {
                var verdict = figure.Goal.IsMetBy(measurement.Ratio) ? "" : " MISSED";
                var remark = figure.Remark is { } text ? $"; {text}" : "";
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name,-22} {measurement.Ours,14:N2} {measurement.Reference,14:N2} {measurement.Ratio,8:0.00}   "
                    + $"{figure.Unit}, goal {figure.Goal}{verdict}{remark}"));
            }

            return measurement;
        }
    }
}
