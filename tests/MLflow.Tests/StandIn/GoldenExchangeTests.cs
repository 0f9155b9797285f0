using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using PluginLoggers.MLflow.StandIn;

namespace PluginLoggers.MLflow.Tests;

/// <summary>What two real servers were asked, and answered, is asked of the stand-in.</summary>
public sealed partial class GoldenExchangeTests
{
    /// <summary>Messages with SQL, or with paths of the server's disk, are compared by their code alone.</summary>
    private static readonly string[] Unstable = ["sqlite3", "/srv/"];

    [Theory]
    [InlineData("p1.v2", ServerVersion.V2, 45)]
    [InlineData("p2.v2", ServerVersion.V2, 3)]
    [InlineData("p2.v3", ServerVersion.V3, 3)]
    [InlineData("p3.v2", ServerVersion.V2, 35)]
    [InlineData("p3.v3", ServerVersion.V3, 35)]
    [InlineData("p4.v2", ServerVersion.V2, 30)]
    [InlineData("p4.v3", ServerVersion.V3, 30)]
    [InlineData("p5.v2", ServerVersion.V2, 20)]
    [InlineData("p5.v3", ServerVersion.V3, 20)]
    [InlineData("p6.v2", ServerVersion.V2, 5)]
    [InlineData("p6.v3", ServerVersion.V3, 5)]
    [InlineData("p7.v3", ServerVersion.V3, 15)]
    [InlineData("p9.v2", ServerVersion.V2, 7)]
    [InlineData("p9.v3", ServerVersion.V3, 7)]
    public async Task The_stand_in_answers_as_the_real_server_did(string file, ServerVersion version, int atLeast)
    {
        await using var server = await StandInServer.StartAsync(version);
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var ids = new Dictionary<string, string>();
        var differences = new List<string>();
        var sent = 0;
        foreach (var exchange in GoldenExchange.Read(file).Where(exchange => exchange.CanBeSent))
        {
            foreach (var id in exchange.RunIds.Where(id => !ids.ContainsKey(id)))
            {
                ids.Add(id, await CreateRunAsync(client, server));
            }

            var (status, answer) = await SendAsync(client, server, exchange,
                text => ids.Aggregate(
                    text.Replace("\"16\"", "\"0\"", StringComparison.Ordinal), (now, id) => now.Replace(id.Key, id.Value, StringComparison.Ordinal)));
            sent++;
            Learn(ids, exchange, answer);
            var comparable = ids.Aggregate(answer, (now, id) => now.Replace(id.Value, id.Key, StringComparison.Ordinal));
            if (Difference(exchange, status, comparable) is { } difference)
            {
                differences.Add($"{exchange.Title}: {exchange.Verb} {exchange.Target} {exchange.Body}\n  {difference}");
            }

            if (exchange.Stored.Length > 0 && exchange.RunIds.FirstOrDefault() is { } runId)
            {
                AssertStored(exchange, server.Runs.Single(run => run.Id == ids[runId]));
            }
        }

        Assert.Empty(differences);
        Assert.True(sent >= atLeast, $"Only {sent} exchanges could be sent.");
    }

    private static string? Difference(GoldenExchange golden, int status, string answer)
    {
        if (status != golden.Status)
        {
            return $"{golden.Status} expected, {status} found: {answer}";
        }

        if (golden.ErrorCode is not { } code)
        {
            return null;
        }

        using var json = JsonDocument.Parse(answer);
        if (json.RootElement.GetProperty("error_code").GetString() != code)
        {
            return $"{code} expected, found: {answer}";
        }

        if (Unstable.Any(text => golden.Message.Contains(text, StringComparison.Ordinal)))
        {
            return null;
        }

        var message = Regex.Unescape(golden.Message);
        var found = json.RootElement.GetProperty("message").GetString()!;
        return found.StartsWith(message, StringComparison.Ordinal) ? null : $"'{message}' expected, '{found}' found";
    }

    /// <summary>What a real server had stored after it had answered 200 to what it could not read.</summary>
    private static void AssertStored(GoldenExchange golden, StoredRun run)
    {
        foreach (Match list in Keys().Matches(golden.Stored))
        {
            var expected = Quoted().Matches(list.Groups[2].Value).Select(key => key.Groups[1].Value).Order(StringComparer.Ordinal);
            var found = list.Groups[1].Value switch
            {
                "metrics" => run.Metrics.Select(row => row.Key).Distinct(),
                "params" => run.Params.Keys,
                _ => run.Tags.Keys,
            };
            Assert.Equal(expected, found.Order(StringComparer.Ordinal));
        }

        if (Value().Match(golden.Stored) is { Success: true } value)
        {
            Assert.Equal(Number(value.Groups[1].Value), run.Metrics.Single(row => row.Key == "b").Value);
        }

        foreach (Match row in Row().Matches(golden.Stored))
        {
            Assert.Contains(run.Metrics, metric => (metric.Key, metric.Value, metric.Timestamp, metric.Step)
                == (row.Groups[1].Value, Number(row.Groups[2].Value), long.Parse(row.Groups[3].Value, null),
                    long.Parse(row.Groups[4].Value, null)));
        }
    }

    private static double Number(string text) => text == "NaN" ? double.NaN : double.Parse(text, CultureInfo.InvariantCulture);

    private static async Task<string> CreateRunAsync(HttpClient client, StandInServer server)
    {
        using var content = new StringContent("""{"experiment_id":"0","start_time":1}""", new MediaTypeHeaderValue("application/json"));
        using var response = await client.PostAsync(new Uri($"{server.Address}/api/2.0/mlflow/runs/create"), content);
        response.EnsureSuccessStatusCode();
        return server.Runs[^1].Id;
    }

    /// <summary>A run or a model that the request created has another id here than there.</summary>
    private static void Learn(Dictionary<string, string> ids, GoldenExchange golden, string answer)
    {
        if ((golden.Target.EndsWith("runs/create", StringComparison.Ordinal)
                || golden.Target.EndsWith("/logged-models", StringComparison.Ordinal))
            && Created().Match(golden.Answer) is { Success: true } there)
        {
            ids[there.Groups[1].Value] = Created().Match(answer).Groups[1].Value;
        }
    }

    private static async Task<(int Status, string Answer)> SendAsync(HttpClient client, StandInServer server, GoldenExchange exchange,
        Func<string, string> translate)
    {
        // As it stands: no dots taken out of the path.
        var uri = new Uri(server.Address + translate(exchange.Target),
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var request = new HttpRequestMessage(new HttpMethod(exchange.Verb), uri);
        if (exchange.Verb != "GET")
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(translate(exchange.Body)));
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(exchange.Title == "charset content type"
                ? "application/json; charset=utf-8" : "application/json");
        }

        using var response = await client.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    [GeneratedRegex("\"(?:run_uuid|model_id)\":\\s*\"(?:m-)?([0-9a-f]{32})\"")]
    private static partial Regex Created();

    [GeneratedRegex(@"'(metrics|params|tags)': \[([^\]]*)\]")]
    private static partial Regex Keys();

    [GeneratedRegex("'([^']*)'")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"^(?:\{'metrics.*\} )?(-?[0-9][^ \]]*|NaN)$")]
    private static partial Regex Value();

    [GeneratedRegex(@"\{'key': '([^']*)', 'value': ([^,]+), 'timestamp': (-?\d+), 'step': (-?\d+)\}")]
    private static partial Regex Row();
}
