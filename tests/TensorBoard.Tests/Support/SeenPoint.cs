using System.Globalization;
using System.Text.Json;

namespace PluginLoggers.TensorBoard.Tests;

/// <summary>One point of one tag as TensorBoard shows it.</summary>
/// <param name="Tag">The tag.</param>
/// <param name="WallTime">Seconds since the Unix epoch.</param>
/// <param name="Step">The step.</param>
/// <param name="Value">The kind of value and the value itself, as a text.</param>
internal sealed record SeenPoint(string Tag, double WallTime, long Step, string Value)
{
    /// <summary>What TensorBoard's reader saw in a golden case: run by run, tag by tag, in the order of the points.</summary>
    public static Dictionary<string, List<SeenPoint>> InGolden(string name) => Seen(name).GetProperty("runs").EnumerateObject().ToDictionary(
        run => run.Name == "." ? "" : run.Name,
        run => run.Value.EnumerateObject().SelectMany(tag => tag.Value.GetProperty("series").EnumerateArray().Select(point => Of(tag, point))).ToList());

    /// <summary>How many whole records each file of a golden case has, and why it ends.</summary>
    public static Dictionary<string, (int Records, string End)> FilesInGolden(string name) => Seen(name).GetProperty("files").EnumerateObject().ToDictionary(
        file => file.Name, file => (file.Value.GetProperty("records").GetInt32(), file.Value.GetProperty("end").GetString()!));

    public static string Scalar(double value) => "scalar " + value.ToString("R", CultureInfo.InvariantCulture);

    public static string Text(string text) => "text " + text;

    public static string Image(int width, int height, int bytes) => $"image {width} x {height}, {bytes} bytes";

    public static string Audio(int sampleRate, int channels, long frames, int bytes) =>
        $"audio {sampleRate} Hz, {channels} channels, {frames} frames, {bytes} bytes";

    public static string Tensor(string plugin, string contentHex, IEnumerable<double> values) =>
        $"{plugin} {contentHex} {string.Join(' ', values.Select(value => value.ToString("R", CultureInfo.InvariantCulture)))}";

    public static string Graph(IEnumerable<(string Name, string Operation, IEnumerable<string> Inputs)> nodes) =>
        "graph " + string.Join("; ", nodes.Select(node => $"{node.Name} {node.Operation} {string.Join(',', node.Inputs)}"));

    public static string Layout(string json) => "layout " + json;

    public static string Hyperparams(IEnumerable<(string Name, object? Value)> hparams) => "hyperparams " + string.Join("; ", hparams
        .OrderBy(hparam => hparam.Name, StringComparer.Ordinal)
        .Select(hparam => string.Create(CultureInfo.InvariantCulture, $"{hparam.Name}={hparam.Value}")));

    private static JsonElement Seen(string name) => JsonElement.Parse(File.ReadAllText(GoldenCase.FolderOf(name + ".seen.json")));

    private static SeenPoint Of(JsonProperty tag, JsonElement point)
    {
        var plugin = tag.Value.GetProperty("plugin").GetString()!;
        if (point.ValueKind == JsonValueKind.Array)
        {
            return new SeenPoint(tag.Name, point[0].GetDouble(), point[1].GetInt64(), Scalar(Number(point[2])));
        }

        return new SeenPoint(tag.Name, point.GetProperty("wall_time").GetDouble(), point.GetProperty("step").GetInt64(), plugin switch
        {
            "text" => Text(point.GetProperty("text")[0].GetString()!),
            "images" =>
                Image(
                    point.GetProperty("width").GetInt32(),
                    point.GetProperty("height").GetInt32(),
                    point.GetProperty("images")[0].GetProperty("bytes").GetInt32()),
            "audio" => Audio(point.GetProperty("clips")[0]),
            "graphs" => Graph(point.GetProperty("graph").GetProperty("node_list").EnumerateArray().Select(node =>
                (node[0].GetString()!, node[1].GetString()!, node[2].EnumerateArray().Select(input => input.GetString()!)))),
            "custom_scalars" => Layout(point.GetProperty("layout").GetRawText()),
            "hparams" when tag.Value.GetProperty("content").TryGetProperty("sessionStartInfo", out var start) =>
                Hyperparams(start.GetProperty("hparams").EnumerateObject().Select(hparam =>
                    (hparam.Name, hparam.Value.ValueKind == JsonValueKind.Number ? (object?)hparam.Value.GetDouble() : hparam.Value.ToString()))),
            "graph_tagged_run_metadata" => "run metadata",
            _ =>
                Tensor(
                    plugin, tag.Value.GetProperty("content_hex").GetString()!, point.GetProperty("values").EnumerateArray().Select(Number)),
        });
    }

    private static string Audio(JsonElement clip) => Audio(
        clip.GetProperty("rate").GetInt32(), clip.GetProperty("channels").GetInt32(), clip.GetProperty("frames").GetInt64(), clip.GetProperty("bytes").GetInt32());

    private static double Number(JsonElement number) =>
        number.ValueKind == JsonValueKind.String ? double.Parse(number.GetString()!, CultureInfo.InvariantCulture) : number.GetDouble();
}
