using System.Text.Json;
using PluginLoggers.Contract;

namespace PluginLoggers.MLflow.Tests;

/// <summary>Reads runs back through the REST API, with nothing of the plug-in's.</summary>
public sealed class RestReader(string address) : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false });

    /// <summary>All active runs of an experiment with a tag.</summary>
    public IReadOnlyList<RunView> Find(string experiment, string tag, string value) =>
        Search(experiment, $"\"filter\":\"tags.`{tag}` = '{value}'\"");

    /// <summary>All runs of an experiment, deleted ones too.</summary>
    public IReadOnlyList<RunView> FindAll(string experiment) => Search(experiment, "\"run_view_type\":\"ALL\"");

    public JsonElement? Get(string route) => Send(new HttpRequestMessage(HttpMethod.Get, $"{address}/api/2.0/mlflow/{route}"));

    public JsonElement? Post(string route, string json) => Send(new HttpRequestMessage(HttpMethod.Post, $"{address}/api/2.0/mlflow/{route}")
    {
        Content = new StringContent(json, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")),
    });

    /// <summary>The content of an artifact of a run whose artifacts go through the server.</summary>
    public Task<string> DownloadAsync(RunView run, string path) => DownloadAsync(run.ArtifactUri, path);

    /// <summary>The content of an artifact below a URI that the server gave.</summary>
    public Task<string> DownloadAsync(string artifactUri, string path) => _client.GetStringAsync(Artifact(artifactUri, path));

    /// <summary>Whether the server takes an artifact of a length: MLflow has no limit, and what runs it may have one.</summary>
    public async Task<bool> TakesAsync(string artifactUri, string file)
    {
        try
        {
            using var content = new StreamContent(File.OpenRead(file));
            using var answer = await _client.PutAsync(new Uri(Artifact(artifactUri, "probe.bin")), content);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception refusal) when (refusal is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    public void Dispose() => _client.Dispose();

    private IReadOnlyList<RunView> Search(string experiment, string condition)
    {
        if (Get($"experiments/get-by-name?experiment_name={Uri.EscapeDataString(experiment)}") is not { } found)
        {
            return [];
        }

        var id = found.GetProperty("experiment").GetProperty("experiment_id").GetString()!;
        var answer = Post("runs/search", $$"""{"experiment_ids":["{{id}}"],{{condition}},"max_results":10}""")!.Value;
        return [.. Items(answer, "runs").Select(run => View(run))];
    }

    private RunView View(JsonElement run)
    {
        var (info, data) = (run.GetProperty("info"), run.GetProperty("data"));
        var id = info.GetProperty("run_id").GetString()!;
        return new RunView(
            id,
            info.GetProperty("experiment_id").GetString()!,
            info.GetProperty("artifact_uri").GetString()!,
            info.GetProperty("run_name").GetString()!,
            info.GetProperty("status").GetString()!,
            info.GetProperty("start_time").GetInt64(),
            info.TryGetProperty("end_time", out var end) ? end.GetInt64() : null,
            Pairs(data, "params"),
            Pairs(data, "tags"),
            [.. Items(data, "metrics").SelectMany(metric => History(id, metric.GetProperty("key").GetString()!))],
            Files(id, "").ToDictionary());
    }

    private IEnumerable<RecordedPoint> History(string runId, string key)
    {
        var (token, more) = ("", true);
        while (more)
        {
            var page = Get($"metrics/get-history?run_id={runId}&metric_key={Uri.EscapeDataString(key)}&max_results=25000{token}")!.Value;
            foreach (var point in Items(page, "metrics"))
            {
                var value = point.GetProperty("value");
                yield return new RecordedPoint(
                    key,
                    point.GetProperty("step").GetInt64(),
                    value.ValueKind == JsonValueKind.String ? double.NaN : value.GetDouble(),
                    DateTimeOffset.FromUnixTimeMilliseconds(point.GetProperty("timestamp").GetInt64()));
            }

            more = page.TryGetProperty("next_page_token", out var next);
            token = more ? $"&page_token={Uri.EscapeDataString(next.GetString()!)}" : "";
        }
    }

    /// <summary>Paths and lengths; a length of 0 is left out of the answer.</summary>
    private IEnumerable<(string Path, long Length)> Files(string runId, string path)
    {
        var page = Get($"artifacts/list?run_id={runId}{(path.Length > 0 ? $"&path={Uri.EscapeDataString(path)}" : "")}")!.Value;
        return Items(page, "files").SelectMany(file => file.GetProperty("is_dir").GetBoolean()
            ? Files(runId, file.GetProperty("path").GetString()!)
            : [(file.GetProperty("path").GetString()!, file.TryGetProperty("file_size", out var size) ? size.GetInt64() : 0)]);
    }

    private string Artifact(string uri, string path) =>
        $"{address}/api/2.0/mlflow-artifacts/artifacts/{uri.Replace("mlflow-artifacts:/", "", StringComparison.Ordinal)}/{path}";

    private JsonElement? Send(HttpRequestMessage request)
    {
        using (request)
        using (var response = _client.Send(request))
        {
            using var reader = new StreamReader(response.Content.ReadAsStream());
            return response.IsSuccessStatusCode ? JsonDocument.Parse(reader.ReadToEnd()).RootElement : null;
        }
    }

    private static List<JsonElement> Items(JsonElement parent, string list) =>
        parent.TryGetProperty(list, out var items) ? [.. items.EnumerateArray()] : [];

    private static Dictionary<string, string> Pairs(JsonElement parent, string list) =>
        Items(parent, list).ToDictionary(pair => pair.GetProperty("key").GetString()!, pair => pair.GetProperty("value").GetString()!);
}
