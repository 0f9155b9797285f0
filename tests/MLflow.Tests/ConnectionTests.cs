using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PluginLoggers.Faults;

namespace PluginLoggers.MLflow.Tests;

/// <summary>The way to the server: prefixes, redirects, encryption, and to whom credentials are shown.</summary>
public abstract class ConnectionTests(ServerFixture server)
{
    private const string Basic = "Basic bWU6czNjcmV0";

    [Fact]
    public async Task A_server_under_a_path_is_reached_with_its_artifacts()
    {
        await using var proxy = await FaultProxy.StartAsync(server.Address, "/tracking/mlflow");
        var run = new TestRun(proxy.Address);
        await using var logger = run.Create();
        logger.LogText("note", "text", 1);
        await logger.FinalizeAsync(RunStatus.Finished);
        Assert.Equal("FINISHED", Single(run).Status);
        Assert.Equal(4, Single(run).Artifacts["text/note/step_000001.md"]);
        Assert.All(proxy.Requests, request => Assert.StartsWith("/tracking/mlflow/api/2.0/", request.Target, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_followed_with_the_same_request_and_without_credentials_for_another_host(int status)
    {
        using var files = new TempFolder();
        await using var target = await FaultProxy.StartAsync(server.Address);
        await using var front = await FaultProxy.StartAsync(server.Address);
        var run = new TestRun(WithUser(front.Address));
        await using var logger = run.Create();
        run.Log(logger, 1, new Metric("loss", 1));
        logger.LogArtifact(files.File("model.bin", "12345"));
        Redirect(front, target.Address, status);
        await logger.FinalizeAsync(RunStatus.Finished);

        var view = Single(run);
        Assert.Equal(("FINISHED", 5), (view.Status, view.Artifacts["model.bin"]));
        Assert.Single(view.Points);
        Assert.All(front.Requests, request => Assert.Equal(Basic, request.Authorization));
        Assert.All(target.Requests, request => Assert.Null(request.Authorization));
        Assert.Equal(front.Requests.Select(request => (request.Method, request.Target)),
            target.Requests.Select(request => (request.Method, request.Target)));
    }

    [Fact]
    public async Task Redirects_that_go_round_in_circles_come_to_an_end()
    {
        await using var proxy = await FaultProxy.StartAsync(server.Address);
        proxy.Inject(Fault.Answer(307, location: proxy.Address), count: int.MaxValue);
        var run = new TestRun(proxy.Address);
        await using var logger = run.Create();
        run.Log(logger, 1, new Metric("loss", 1));
        await Assert.ThrowsAsync<TrackingRequestException>(async () => await logger.SaveAsync());
        Assert.InRange(proxy.Requests.Count, 2, 10);
    }

    [Fact]
    public async Task An_encrypted_side_of_the_same_host_is_shown_the_credentials_and_the_other_way_round_is_not_taken()
    {
        using var files = new TempFolder();
        using var authority = Certificate("CN=127.0.0.1");
        await using var encrypted = await FaultProxy.StartAsync(server.Address, certificate: authority);
        await using var plain = await FaultProxy.StartAsync(server.Address);
        var trusted = files.File("ca.pem", authority.ExportCertificatePem());

        Redirect(plain, encrypted.Address, 308);
        await LogOneAsync(WithUser(plain.Address), new MLflowOptions { ServerCertPath = trusted });
        Assert.All(encrypted.Requests, request => Assert.Equal(Basic, request.Authorization));

        plain.Heal();
        Redirect(encrypted, plain.Address, 308);
        var before = plain.Requests.Count;
        await Assert.ThrowsAsync<TrackingRequestException>(
            () => LogOneAsync(WithUser(encrypted.Address), new MLflowOptions { ServerCertPath = trusted }));
        Assert.Equal(before, plain.Requests.Count);
    }

    [Fact]
    public async Task A_certificate_is_looked_at_unless_that_is_switched_off_which_is_told()
    {
        using var files = new TempFolder();
        using var own = Certificate("CN=127.0.0.1");
        using var other = Certificate("CN=127.0.0.1");
        await using var proxy = await FaultProxy.StartAsync(server.Address, certificate: own);
        await Assert.ThrowsAsync<TrackingRequestException>(() => LogOneAsync(proxy.Address, new MLflowOptions()));
        var wrong = files.File("other.pem", other.ExportCertificatePem());
        await Assert.ThrowsAsync<TrackingRequestException>(() => LogOneAsync(proxy.Address, new MLflowOptions { ServerCertPath = wrong }));
        Assert.Empty(proxy.Requests);

        var right = files.File("own.pem", own.ExportCertificatePem());
        Assert.DoesNotContain((await LogOneAsync(proxy.Address, new MLflowOptions { ServerCertPath = right })).Reports,
            report => report.Contains("certificate", StringComparison.Ordinal));
        var run = await LogOneAsync(proxy.Address, new MLflowOptions { InsecureTls = true });
        Assert.Single(run.Reports, report => report.Contains("ServerCertPath", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_client_shows_its_certificate()
    {
        using var files = new TempFolder();
        using var own = Certificate("CN=127.0.0.1");
        using var client = Certificate("CN=client");
        await using var proxy = await FaultProxy.StartAsync(server.Address, certificate: own);
        using var key = client.GetECDsaPrivateKey()!;
        await LogOneAsync(proxy.Address, new MLflowOptions
        {
            InsecureTls = true,
            ClientCertPath = files.File("client.pem", client.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem()),
        });
        Assert.All(proxy.Requests, request => Assert.Equal(client.Thumbprint, request.ClientCertificate));
    }

    private static async Task<TestRun> LogOneAsync(string address, MLflowOptions options)
    {
        var run = new TestRun(address);
        (options.TrackingUri, options.ExperimentName) = (address, run.Experiment);
        await using var logger = run.Create(options: options);
        run.Log(logger, 1, new Metric("loss", 1));
        await logger.SaveAsync();
        return run;
    }

    /// <summary>Each request is sent to the same path of another server.</summary>
    private static void Redirect(FaultProxy from, string to, int status) => from.Inject(Fault.Redirect(to, status), count: int.MaxValue);

    private static string WithUser(string address) => address.Replace("://", "://me:s3cret@", StringComparison.Ordinal);

    private static X509Certificate2 Certificate(string subject)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(130));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.Exportable);
    }

    private RunView Single(TestRun run) => Assert.Single(server.Find(run.Experiment, run.Context));
}

public sealed class ConnectionTestsOfV2(StandInV2 server) : ConnectionTests(server), IClassFixture<StandInV2>;

public sealed class ConnectionTestsOfV3(StandInV3 server) : ConnectionTests(server), IClassFixture<StandInV3>;
