namespace PluginLoggers.MLflow;

/// <summary>Logs runs to an MLflow tracking server, <see href="https://mlflow.org/docs/latest/rest-api.html"/>.</summary>
[LoggerPlugin("MLflow")]
public sealed class MLflowPlugin : ILoggerPlugin<MLflowOptions>
{
    /// <inheritdoc/>
    public ILightningLogger Create(MLflowOptions options, LoggerContext context)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(context);
        return Create(options, context, Environment.GetEnvironmentVariable, TimeProvider.System);
    }

    /// <param name="options">The options of the configuration.</param>
    /// <param name="context">What the run gives it.</param>
    /// <param name="environment">Gives the value of an environment variable, or null.</param>
    /// <param name="clock">Measures timeouts; the run's own clock shows when records were logged.</param>
    internal static MLflowLogger Create(MLflowOptions options, LoggerContext context, Func<string, string?> environment, TimeProvider clock)
    {
        var server = TrackingServer.From(options, environment);
        var target = RunTarget.From(options, context, environment, server.User);
        var http = new TrackingHttp(server, options.Timeout, TrackingHttp.CreateHandler(server, options.ConnectTimeout), clock);
        return new MLflowLogger(options, context, server, new RunSession(server, target, new TrackingApi(http), context));
    }
}
