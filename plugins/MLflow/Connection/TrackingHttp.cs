using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace PluginLoggers.MLflow;

/// <summary>
/// Sends requests one after the other, each with a time limit. It repeats one by itself only where the server asked for that with
/// <c>Retry-After</c>; after any other failure, what was sent may or may not have arrived, and its sender decides.
/// </summary>
internal sealed class TrackingHttp : IDisposable
{
    private const int MaxRepetitions = 3;
    private const int MaxRedirects = 5;
    private const long MaxAnswerBytes = 256 * 1024 * 1024;
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(30);

    private readonly TrackingServer _server;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _clock;
    private readonly HttpClient _client;

    public TrackingHttp(TrackingServer server, TimeSpan timeout, HttpMessageHandler handler, TimeProvider clock)
    {
        (_server, _timeout, _clock) = (server, timeout, clock);
        _client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = MaxAnswerBytes };
        var version = typeof(TrackingHttp).Assembly.GetName().Version!.ToString(fieldCount: 2);
        _client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("pluginloggers-mlflow", version));
    }

    public static SocketsHttpHandler CreateHandler(TrackingServer server, TimeSpan connectTimeout) => new()
    {
        ConnectTimeout = connectTimeout,

        // It would make a GET of a redirected POST.
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = !server.Address.IsLoopback,
        ActivityHeadersPropagator = null,
        SslOptions = server.Certificates.ToOptions(),

        // A run may take days; a name may come to mean another address meanwhile.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };

    public Task<byte[]> GetAsync(string route, string query, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, ApiUri($"mlflow/{route}?{query}"), $"GET {route}", _ => null, cancellationToken);

    public Task<byte[]> PostAsync(string route, ReadOnlyMemory<byte> json, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, ApiUri($"mlflow/{route}"), $"POST {route}", _ => JsonContent(json), cancellationToken);

    public Task<byte[]> PatchAsync(string route, ReadOnlyMemory<byte> json, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Patch, ApiUri($"mlflow/{route}"), $"PATCH {route}", _ => JsonContent(json), cancellationToken);

    /// <summary>Uploads; the time limit starts anew with each piece that the server has taken.</summary>
    public Task PutAsync(Uri uri, string what, Func<Stream> open, string mediaType, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Put, uri, $"PUT {what}", progress => StreamContent(open(), mediaType, progress), cancellationToken);

    public Uri ApiUri(string route) => new($"{_server.Display}/api/2.0/{route}");

    public void Dispose() => _client.Dispose();

    private async Task<byte[]> SendAsync(HttpMethod method, Uri uri, string what, Func<Action, HttpContent?> content,
        CancellationToken cancellationToken)
    {
        for (int repetition = 0, redirects = 0; ;)
        {
            using var limit = new CancellationTokenSource(_timeout, _clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
            using var request = new HttpRequestMessage(method, uri) { Content = content(() => limit.CancelAfter(_timeout)) };
            request.Headers.Authorization = _server.IsAt(uri) ? _server.Authorization : null;
            TimeSpan wait;
            try
            {
                using var response = await _client.SendAsync(request, either.Token).ConfigureAwait(false);
                var body = await response.Content.ReadAsByteArrayAsync(either.Token).ConfigureAwait(false);
                if (response.IsSuccessStatusCode)
                {
                    return ServerAnswer.IsSuccess(body) ? body : throw ServerAnswer.ToException(_server, what, response, body);
                }

                if (redirects++ < MaxRedirects && RedirectedTo(uri, response) is { } target)
                {
                    uri = target;
                    continue;
                }

                if (repetition++ == MaxRepetitions || AskedToWait(response) is not { } asked || asked > MaxWait)
                {
                    throw ServerAnswer.ToException(_server, what, response, body);
                }

                wait = asked;
            }
            catch (OperationCanceledException cause) when (!cancellationToken.IsCancellationRequested)
            {
                throw TimedOut(what, cause);
            }
            catch (HttpRequestException cause)
            {
                throw Unreachable(what, cause);
            }

            await Task.Delay(wait, _clock, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Where the same request is to go; null if the answer is no such redirect. What was encrypted is not sent on unencrypted.
    /// </summary>
    private static Uri? RedirectedTo(Uri from, HttpResponseMessage response) =>
        response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.TemporaryRedirect
            or HttpStatusCode.PermanentRedirect
            && response.Headers.Location is { } location
            && new Uri(from, location) is var to
            && (to.Scheme == Uri.UriSchemeHttps || (to.Scheme == Uri.UriSchemeHttp && from.Scheme == Uri.UriSchemeHttp))
            ? to
            : null;

    /// <summary>Only of answers that mean that nothing was done.</summary>
    private TimeSpan? AskedToWait(HttpResponseMessage response) =>
        response.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable) ? null
        : response.Headers.RetryAfter is { Delta: { } delta } ? delta
        : response.Headers.RetryAfter?.Date is { } date ? TimeSpan.FromTicks(Math.Max(0, (date - _clock.GetUtcNow()).Ticks))
        : null;

    private TrackingRequestException TimedOut(string what, OperationCanceledException cause) => cause.InnerException is TimeoutException
        ? new($"MLflow at {_server.Display} could not be reached in time for {what}. Check TrackingUri and the network between.", cause)
        : new(string.Create(
            CultureInfo.InvariantCulture,
            $"MLflow at {_server.Display} did not answer {what} within {_timeout.TotalSeconds:0.###} s. "
            + $"Look after the server, or raise Timeout."), cause);

    private TrackingRequestException Unreachable(string what, HttpRequestException cause) =>
        new($"MLflow at {_server.Display} could not be reached, or broke off, at {what}: {Innermost(cause)} "
            + "Start the server, or correct TrackingUri.", cause);

    private static string Innermost(Exception exception) => exception.GetBaseException().Message.TrimEnd('.') + ".";

    private static ReadOnlyMemoryContent JsonContent(ReadOnlyMemory<byte> json) =>
        new(json) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

    private static StreamContent StreamContent(Stream stream, string mediaType, Action progress) =>
        new(new ProgressStream(stream, progress), 128 * 1024)
        {
            Headers = { ContentType = new MediaTypeHeaderValue(mediaType), ContentLength = stream.Length },
        };
}
