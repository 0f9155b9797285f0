using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace PluginLoggers.MLflow.StandIn;

/// <summary>
/// A tracking server in this process that refuses what MLflow refuses, and accepts and corrupts what MLflow accepts and corrupts, as two
/// real servers were seen to do. It holds everything in memory. Thread-safe.
/// </summary>
public sealed class StandInServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly TrackingStore _store = new();
    private readonly List<Arrival> _arrivals = [];
    private readonly Action<Arrival>? _seen;
    private readonly Router _router;

    private StandInServer(ServerVersion version, int port, Action<Arrival>? seen)
    {
        Version = version;
        _seen = seen;
        _router = new Router(_store, version, VersionText);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.Zero);
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.Limits.MaxRequestBodySize = null;
            options.Listen(IPAddress.Loopback, port);
        });
        _application = builder.Build();
        _application.Run(AnswerAsync);
    }

    /// <summary>Which server is stood in for.</summary>
    public ServerVersion Version { get; }

    /// <summary>What <c>GET /version</c> answers.</summary>
    public string VersionText => Version == ServerVersion.V2 ? "2.21.1.dev0" : "3.6.1.dev0";

    /// <summary>Where it listens, such as <c>http://127.0.0.1:5000</c>.</summary>
    public string Address => _application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <summary>All requests so far, in the order of their answers.</summary>
    public IReadOnlyList<Arrival> Arrivals
    {
        get
        {
            lock (_arrivals)
            {
                return [.. _arrivals];
            }
        }
    }

    /// <summary>The runs.</summary>
    public IReadOnlyList<StoredRun> Runs
    {
        get
        {
            lock (_store)
            {
                return [.. _store.Runs];
            }
        }
    }

    /// <summary>The experiments, <c>Default</c> being the first.</summary>
    public IReadOnlyList<StoredExperiment> Experiments
    {
        get
        {
            lock (_store)
            {
                return [.. _store.Experiments];
            }
        }
    }

    /// <summary>Starts a server on 127.0.0.1.</summary>
    /// <param name="version">Which one.</param>
    /// <param name="port">Its port; 0 for any that is free.</param>
    /// <param name="seen">Is told of each request when it was answered.</param>
    public static async Task<StandInServer> StartAsync(ServerVersion version, int port = 0, Action<Arrival>? seen = null)
    {
        var server = new StandInServer(version, port, seen);
        await server._application.StartAsync();
        return server;
    }

    /// <summary>Waits for Ctrl-C, or for the signal that ends a process.</summary>
    public Task WaitForShutdownAsync() => _application.WaitForShutdownAsync();

    /// <summary>The artifacts of a run, by their path in it.</summary>
    /// <param name="run">The run.</param>
    public IReadOnlyDictionary<string, StoredArtifact> ArtifactsOf(StoredRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var root = run.ArtifactUri.Replace("mlflow-artifacts:/", "", StringComparison.Ordinal) + "/";
        lock (_store)
        {
            return _store.Artifacts.Where(artifact => artifact.Key.StartsWith(root, StringComparison.Ordinal))
                .ToDictionary(artifact => artifact.Key[root.Length..], artifact => artifact.Value);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _application.Lifetime.ApplicationStopping);
        var request = context.Request;
        var answer = await _router.AnswerAsync(request.Method, target, request.ContentType, request.Body, gone.Token);

        // Before the answer is sent, so that whoever has the answer finds its request among the arrivals.
        Note(new Arrival(
            request.Method, target, request.ContentLength ?? 0, answer.Status, request.Headers.Authorization.FirstOrDefault()));
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.ContentType;
        context.Response.ContentLength = answer.Body.Length;
        await context.Response.Body.WriteAsync(answer.Body, gone.Token);
    }

    private void Note(Arrival arrival)
    {
        lock (_arrivals)
        {
            _arrivals.Add(arrival);
        }

        _seen?.Invoke(arrival);
    }
}
