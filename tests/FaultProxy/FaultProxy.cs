using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace PluginLoggers.Faults;

/// <summary>
/// Stands before a real server or a stand-in, passes requests on, and lets those fail that a test chooses. Thread-safe.
/// </summary>
public sealed class FaultProxy : IAsyncDisposable
{
    private readonly ForwardingClient _client;
    private readonly string _prefix;
    private readonly X509Certificate2? _certificate;
    private readonly FaultPlan _plan = new();
    private readonly List<ProxiedRequest> _requests = [];
    private readonly TaskCompletionSource _holding = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int _port;
    private Socket? _placeholder;
    private WebApplication? _application;

    private FaultProxy(string upstream, string prefix, X509Certificate2? certificate)
    {
        (_client, _prefix, _certificate) = (new ForwardingClient(upstream.TrimEnd('/')), prefix, certificate);
        _placeholder = Reserve(0);
        _port = ((IPEndPoint)_placeholder.LocalEndPoint!).Port;
    }

    /// <summary>Where it listens, such as <c>http://127.0.0.1:5001</c>; the same when it is down and up again.</summary>
    public string Address => $"{(_certificate is null ? "http" : "https")}://127.0.0.1:{_port}{_prefix}";

    /// <summary>All requests so far, those that failed too, in the order in which they came.</summary>
    public IReadOnlyList<ProxiedRequest> Requests
    {
        get
        {
            lock (_requests)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>Ends when the first request is held: by <see cref="Fault.Hang"/> or <see cref="Fault.Slow"/>.</summary>
    public Task Holding => _holding.Task;

    /// <summary>Starts a proxy on a free port of 127.0.0.1.</summary>
    /// <param name="upstream">The address of the server, its path included.</param>
    /// <param name="prefix">A path under which it shows the server, such as <c>/tracking</c>; other paths are a 404 of its own.</param>
    /// <param name="certificate">With it, connections are encrypted, and clients may show certificates, any.</param>
    public static async Task<FaultProxy> StartAsync(string upstream, string prefix = "", X509Certificate2? certificate = null)
    {
        ArgumentNullException.ThrowIfNull(upstream);
        ArgumentNullException.ThrowIfNull(prefix);
        var proxy = new FaultProxy(upstream, prefix, certificate);
        await proxy.ComeUpAsync();
        return proxy;
    }

    /// <summary>Refuses connections from now on, and breaks those off that there are. What was planned stays planned.</summary>
    public async Task GoDownAsync()
    {
        if (_application is { } application)
        {
            _application = null;
            await application.StopAsync();
            await application.DisposeAsync();
            _placeholder = Reserve(_port);
        }
    }

    /// <summary>Accepts connections again.</summary>
    public async Task ComeUpAsync()
    {
        if (_application is null)
        {
            var application = Build();
            _placeholder?.Dispose();
            _placeholder = null;
            await application.StartAsync();
            _application = application;
        }
    }

    /// <summary>Makes coming requests fail. Of several plans that fit, the first that is not used up counts.</summary>
    /// <param name="fault">How.</param>
    /// <param name="after">How many requests that fit go well before.</param>
    /// <param name="count">How many of them fail.</param>
    /// <param name="route">Only requests whose path or query contains this; null for all.</param>
    /// <param name="method">Only requests with this verb; null for all.</param>
    public void Inject(Fault fault, int after = 0, int count = 1, string? route = null, string? method = null) =>
        Inject(fault, request => (route is null || request.Target.Contains(route, StringComparison.Ordinal))
            && (method is null || request.Method == method), after, count);

    /// <summary>Makes coming requests fail, chosen by anything about them.</summary>
    /// <param name="fault">How.</param>
    /// <param name="where">Which.</param>
    /// <param name="after">How many requests that fit go well before.</param>
    /// <param name="count">How many of them fail.</param>
    public void Inject(Fault fault, Func<ProxiedRequest, bool> where, int after = 0, int count = 1) =>
        _plan.Add(fault, after, count, where);

    /// <summary>Forgets what was planned.</summary>
    public void Heal() => _plan.Clear();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await GoDownAsync();
        _placeholder?.Dispose();
        _client.Dispose();
    }

    /// <summary>Bound, but not listening: connections are refused, and nobody else is given the port.</summary>
    private static Socket Reserve(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
        return socket;
    }

    private WebApplication Build()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.Zero);
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = null;
            options.Limits.MinRequestBodyDataRate = null;
            options.Listen(IPAddress.Loopback, _port, listen =>
            {
                if (_certificate is not null)
                {
                    listen.UseHttps(_certificate, https =>
                    {
                        https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
                        https.AllowAnyClientCertificate();
                    });
                }
            });
        });
        var application = builder.Build();
        application.Run(context => AnswerAsync(context, application.Lifetime.ApplicationStopping));
        return application;
    }

    private async Task AnswerAsync(HttpContext context, CancellationToken stopping)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        try
        {
            await AnswerAsync(context, Note(context), gone.Token);
        }
        catch (Exception broken) when (broken is OperationCanceledException or HttpRequestException or IOException)
        {
            // The client is gone, or the server: then the client sees a connection that broke off.
            context.Abort();
        }
    }

    private async Task AnswerAsync(HttpContext context, ProxiedRequest request, CancellationToken gone)
    {
        var fault = _plan.Next(request);
        switch (fault)
        {
            case Fault.ResetFault { Passes: false }:
                context.Abort();
                return;
            case Fault.HeldFault held:
                _holding.TrySetResult();
                await held.Until.WaitAsync(gone);
                break;
            case Fault.AnswerFault instead:
                await InsteadAsync(context.Response, instead, gone);
                return;
            case Fault.RedirectFault redirect:
                context.Response.StatusCode = redirect.Status;
                context.Response.Headers.Location = redirect.To + request.Target;
                return;
            case Fault.CloseFault:
                context.Response.Headers.Connection = "close";
                break;
            default:
                break;
        }

        if (!request.Target.StartsWith(_prefix, StringComparison.Ordinal))
        {
            context.Response.StatusCode = 404;
            return;
        }

        using var answer = await _client.SendAsync(context.Request, request.Target[_prefix.Length..], gone);
        switch (fault)
        {
            case Fault.ResetFault:
                // Not before the server has said that it is done.
                await answer.Content.LoadIntoBufferAsync(gone);
                context.Abort();
                break;
            case Fault.TruncatedFault:
                await TruncateAsync(context, answer, gone);
                break;
            default:
                ForwardingClient.CopyHeaders(answer, context.Response);
                await answer.Content.CopyToAsync(context.Response.Body, gone);
                break;
        }
    }

    private static Task InsteadAsync(HttpResponse response, Fault.AnswerFault instead, CancellationToken gone)
    {
        response.StatusCode = instead.Status;
        response.ContentType = instead.ContentType;
        response.Headers.RetryAfter = instead.RetryAfter;
        response.Headers.Location = instead.Location;
        var body = Encoding.UTF8.GetBytes(instead.Body);
        response.ContentLength = body.Length;
        return response.Body.WriteAsync(body, gone).AsTask();
    }

    private static async Task TruncateAsync(HttpContext context, HttpResponseMessage answer, CancellationToken gone)
    {
        var body = await answer.Content.ReadAsByteArrayAsync(gone);
        ForwardingClient.CopyHeaders(answer, context.Response);
        context.Response.ContentLength = body.Length + 1;
        await context.Response.Body.WriteAsync(body.AsMemory(0, body.Length / 2), gone);
        await context.Response.Body.FlushAsync(gone);
        context.Abort();
    }

    private ProxiedRequest Note(HttpContext context)
    {
        var headers = context.Request.Headers;
        var request = new ProxiedRequest(
            context.Request.Method,
            context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
            headers.Host.FirstOrDefault(),
            headers.Authorization.FirstOrDefault(),
            context.Connection.Id,
            context.Connection.ClientCertificate?.Thumbprint);
        lock (_requests)
        {
            _requests.Add(request);
        }

        return request;
    }
}
