using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using PluginLoggers.Benchmarks.Ratios;
using PluginLoggers.Benchmarks.Support;
using PluginLoggers.MLflow.StandIn;

namespace PluginLoggers.Benchmarks.Figures;

/// <summary>
/// Metrics logged one by one until the server has them; and a bare loop that encodes and posts batches of 1000 to the same server.
/// </summary>
/// <remarks>The plug-in is loaded, and its code compiled, once; each side and round has a run and a connection of its own.</remarks>
internal sealed class MLflowSend : Figure
{
    private const int BatchSize = 1000;

    private readonly HttpClient _client = new();
    private readonly BenchmarkHost _host;
    private readonly int _metrics;
    private readonly int _port;
    private double? _first;

    public MLflowSend(Effort effort)
    {
        _metrics = effort.Of(100_000, 20_000);
        using var server = new TrackingServer(port: 0);
        _port = new Uri(server.Address).Port;
        _host = new BenchmarkHost(Scratch.New(), ("mlflow", "MLflow", server.Address));
    }

    public override string Unit => "metrics/s";

    public override Goal Goal => Goal.AtLeast(0.9);

    public override string? Remark => string.Create(
        CultureInfo.InvariantCulture, $"the first run of the process, whose code is compiled meanwhile, has {_first:N0}");

    public override double Ours()
    {
        using var server = new TrackingServer(_port);
        using var run = _host.Open();
        var started = Stopwatch.GetTimestamp();
        for (var step = 0; step < _metrics; step++)
        {
            run.Run.LogMetric(Metrics.Names[0], Metrics.Value(step, 0), step);
        }

        run.Deliver();
        var rate = server.Rate(started, _metrics);
        _first ??= rate;
        return rate;
    }

    public override double Reference()
    {
        using var server = new TrackingServer(_port);
        var started = Stopwatch.GetTimestamp();
        var created = Post(server, "runs/create", "{\"experiment_id\":\"0\"}"u8.ToArray());
        var runId = created.GetProperty("run").GetProperty("info").GetProperty("run_id").GetString()!;
        var body = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(body);
        for (var first = 0; first < _metrics; first += BatchSize)
        {
            body.ResetWrittenCount();
            json.Reset();
            json.WriteStartObject();
            json.WriteString("run_id"u8, runId);
            json.WriteStartArray("metrics"u8);
            for (var step = first; step < first + BatchSize; step++)
            {
                json.WriteStartObject();
                json.WriteString("key"u8, Metrics.Names[0]);
                json.WriteNumber("value"u8, Metrics.Value(step, 0));
                json.WriteNumber("timestamp"u8, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
                json.WriteNumber("step"u8, step);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.Flush();
            Post(server, "runs/log-batch", body.WrittenMemory);
        }

        return server.Rate(started, _metrics);
    }

    public override void Dispose()
    {
        _host.Dispose();
        _client.Dispose();
        base.Dispose();
    }

    private JsonElement Post(TrackingServer server, string route, ReadOnlyMemory<byte> body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{server.Address}/api/2.0/mlflow/{route}");
        request.Content = new ReadOnlyMemoryContent(body);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var answer = _client.Send(request).EnsureSuccessStatusCode();
        using var content = answer.Content.ReadAsStream();
        return JsonDocument.Parse(content).RootElement;
    }

    /// <summary>A stand-in of its own for each side and round, because it keeps everything.</summary>
    private sealed class TrackingServer(int port) : IDisposable
    {
        private readonly StandInServer _server = StandInServer.StartAsync(ServerVersion.V2, port).GetAwaiter().GetResult();

        public string Address => _server.Address;

        public double Rate(long started, int metrics)
        {
            var took = Stopwatch.GetElapsedTime(started);
            var found = _server.Runs.Single().Metrics.Count;
            return found == metrics ? metrics / took.TotalSeconds : throw new InvalidDataException($"The server has {found} metrics.");
        }

        public void Dispose() => _server.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}
