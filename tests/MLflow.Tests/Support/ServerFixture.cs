using PluginLoggers.MLflow.StandIn;

namespace PluginLoggers.MLflow.Tests;

/// <summary>A server that a class of tests shares. Runs are told apart by the id of the run, which every test makes anew.</summary>
public abstract class ServerFixture : IAsyncLifetime
{
    private RestReader? _rest;

    /// <summary>Where it listens.</summary>
    public abstract string Address { get; }

    public RestReader Rest => _rest ??= new RestReader(Address);

    /// <summary>All active runs that were logged for a run of ours. There should be one.</summary>
    public virtual IReadOnlyList<RunView> Find(string experiment, LoggerContext context) =>
        Rest.Find(experiment, "pluginloggers.run_id", $"{context.RunId}/{context.Key}");

    public abstract Task InitializeAsync();

    public virtual Task DisposeAsync()
    {
        _rest?.Dispose();
        return Task.CompletedTask;
    }
}

/// <summary>A stand-in of one version.</summary>
public abstract class StandInFixture(ServerVersion version) : ServerFixture
{
    public StandInServer Server { get; private set; } = null!;

    public override string Address => Server.Address;

    public override async Task InitializeAsync() => Server = await StandInServer.StartAsync(version);

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await Server.DisposeAsync();
    }
}

public sealed class StandInV2 : StandInFixture
{
    public StandInV2()
        : base(ServerVersion.V2)
    {
    }
}

public sealed class StandInV3 : StandInFixture
{
    public StandInV3()
        : base(ServerVersion.V3)
    {
    }
}
