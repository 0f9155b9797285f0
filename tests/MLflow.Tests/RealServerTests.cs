using System.Reflection;
using Xunit.Sdk;

namespace PluginLoggers.MLflow.Tests;

/// <summary>
/// The contract, client and failure tests once more, against a real server. What passes only against the stand-in is a defect of the
/// stand-in.
/// </summary>
public sealed class RealServerTests
{
    public static TheoryData<string> ContractTests => TestsOf(typeof(Contract));

    public static TheoryData<string> ClientTests => TestsOf(typeof(Client));

    public static TheoryData<string> ResumingTests => TestsOf(typeof(Resuming));

    public static TheoryData<string> ArtifactTests => TestsOf(typeof(Artifacts));

    public static TheoryData<string> ConnectionTests => TestsOf(typeof(Connection));

    public static TheoryData<string> LimitTests => TestsOf(typeof(Limits));

    public static TheoryData<string> LargeTests => TestsOf(typeof(Large));

    public static TheoryData<string> FailureTests => TestsOf(typeof(Failure));

    public static TheoryData<string> AmbiguityTests => TestsOf(typeof(Ambiguity));

    [RealServerTheory]
    [MemberData(nameof(ContractTests))]
    public Task The_contract_is_kept_on_a_real_server(string test) => RunAsync(typeof(Contract), test);

    [RealServerTheory]
    [MemberData(nameof(ClientTests))]
    public Task The_client_works_with_a_real_server(string test) => RunAsync(typeof(Client), test);

    [RealServerTheory]
    [MemberData(nameof(ResumingTests))]
    public Task Runs_and_experiments_are_found_on_a_real_server(string test) => RunAsync(typeof(Resuming), test);

    [RealServerTheory]
    [MemberData(nameof(ArtifactTests))]
    public Task Artifacts_arrive_on_a_real_server(string test) => RunAsync(typeof(Artifacts), test);

    [RealServerTheory]
    [MemberData(nameof(ConnectionTests))]
    public Task The_way_to_a_real_server_is_found(string test) => RunAsync(typeof(Connection), test);

    [RealServerTheory]
    [MemberData(nameof(LimitTests))]
    public Task What_a_real_server_can_hold_arrives(string test) => RunAsync(typeof(Limits), test);

    [RealServerTheory]
    [MemberData(nameof(LargeTests))]
    public Task A_lot_of_everything_arrives_on_a_real_server(string test) => RunAsync(typeof(Large), test);

    [RealServerTheory]
    [MemberData(nameof(FailureTests))]
    public Task Faults_before_a_real_server_are_survived(string test) => RunAsync(typeof(Failure), test);

    [RealServerTheory]
    [MemberData(nameof(AmbiguityTests))]
    public Task No_ambiguity_doubles_anything_on_a_real_server(string test) => RunAsync(typeof(Ambiguity), test);

    private static TheoryData<string> TestsOf(Type type) => [.. Methods(type).Select(method => method.Name)];

    private static IEnumerable<MethodInfo> Methods(Type type) =>
        type.GetMethods().Where(method => method.GetCustomAttribute<FactAttribute>() is not null);

    private static async Task RunAsync(Type type, string test)
    {
        var method = Methods(type).Single(method => method.Name == test);
        var cases = method.GetCustomAttributes<DataAttribute>().SelectMany(data => data.GetData(method)).DefaultIfEmpty([]);
        foreach (var arguments in cases)
        {
            var server = new RealServer();
            var tests = Activator.CreateInstance(type, server)!;
            try
            {
                await ((tests as IAsyncLifetime)?.InitializeAsync() ?? Task.CompletedTask);
                await (method.Invoke(tests, arguments) as Task ?? Task.CompletedTask);
            }
            catch (Exception skipped) when (skipped.GetType().Name == "SkippedException")
            {
                // What this output cannot show is skipped there as well.
            }
            finally
            {
                await ((tests as IAsyncLifetime)?.DisposeAsync() ?? Task.CompletedTask);
                (tests as IDisposable)?.Dispose();
                await server.DisposeAsync();
            }
        }
    }

    // Not public, so that they are not found as tests by themselves.
    private sealed class Contract(RealServer server) : MLflowContractTests(server);

    private sealed class Client(RealServer server) : ClientTests(server);

    private sealed class Resuming(RealServer server) : ResumingTests(server);

    private sealed class Artifacts(RealServer server) : ArtifactTests(server);

    private sealed class Connection(RealServer server) : ConnectionTests(server);

    private sealed class Limits(RealServer server) : LimitTests(server);

    private sealed class Large(RealServer server) : LargeTests(server);

    private sealed class Failure(RealServer server) : FailureTests(server);

    private sealed class Ambiguity(RealServer server) : AmbiguityTests(server);
}
