using PluginLoggers.Contract;

namespace PluginLoggers.MLflow.Tests;

/// <summary>What every backend promises, with a server as the output.</summary>
public abstract class MLflowContractTests(ServerFixture server) : LightningLoggerContractTests
{
    protected override ILightningLogger Create(LoggerContext context) =>
        MLflowPlugin.Create(new MLflowOptions { TrackingUri = server.Address }, context, _ => null, TimeProvider.System);

    protected override IReadOnlyList<RecordedPoint> ReadMetrics(LoggerContext context) => Find(context)?.Points ?? [];

    protected override IReadOnlyDictionary<string, string?>? ReadHyperparams(LoggerContext context) =>
        Find(context)?.Params.ToDictionary(param => param.Key, param => (string?)param.Value);

    protected override RunStatus? ReadStatus(LoggerContext context) => Find(context)?.RunStatus;

    /// <summary>The databases under MLflow hold no infinities and no negative zero.</summary>
    protected override double Expected(double value) =>
        value == 0 ? 0 : double.IsNaN(value) ? value : Math.Clamp(value, double.MinValue, double.MaxValue);

    private RunView? Find(LoggerContext context) => server.Find(context.RunName, context).SingleOrDefault();
}

public sealed class MLflowContractTestsOfV2(StandInV2 server) : MLflowContractTests(server), IClassFixture<StandInV2>;

public sealed class MLflowContractTestsOfV3(StandInV3 server) : MLflowContractTests(server), IClassFixture<StandInV3>;
