namespace PluginLoggers.MLflow;

/// <summary>
/// Where and under which names a run is logged. What is not given is taken from the environment variables of MLflow's own client, then
/// from the run.
/// </summary>
public sealed class MLflowOptions
{
    /// <summary>
    /// The address of the tracking server, <c>http</c> or <c>https</c>, with the path under which a proxy shows it. The default is that of
    /// <c>MLFLOW_TRACKING_URI</c>; one of both is needed. A user and a password in it are used, and never shown.
    /// </summary>
    public string? TrackingUri { get; set; }

    /// <summary>
    /// The experiment, 1 to 500 characters; created if there is none, restored if it was deleted. The default is that of
    /// <c>MLFLOW_EXPERIMENT_NAME</c>, then the run's name.
    /// </summary>
    public string? ExperimentName { get; set; }

    /// <summary>
    /// The id of the experiment, which must be there; with a name as well, it must be that experiment's. The default is that of
    /// <c>MLFLOW_EXPERIMENT_ID</c>.
    /// </summary>
    public string? ExperimentId { get; set; }

    /// <summary>Where the artifacts of a new experiment are kept, a URI. The default is the server's.</summary>
    public string? ArtifactLocation { get; set; }

    /// <summary>The name of the run in the experiment, at most 250 characters. The default is the run's version.</summary>
    public string? RunName { get; set; }

    /// <summary>
    /// The id of a run on the server, 32 hexadecimal digits, that is gone on with: its experiment and its name stay, and its status is
    /// <c>RUNNING</c> again. The first run of a process uses it, others get runs of their own. The default is that of
    /// <c>MLFLOW_RUN_ID</c>.
    /// </summary>
    public string? RunId { get; set; }

    /// <summary>Tags of the run, over those that the run has already.</summary>
    public Dictionary<string, string> Tags { get; set; } = new(StringComparer.Ordinal);

    /// <summary>
    /// The user of basic authentication, with <see cref="Password"/>. The default is that of <c>MLFLOW_TRACKING_USERNAME</c>.
    /// </summary>
    public string? Username { get; set; }

    /// <summary>The password of <see cref="Username"/>. The default is that of <c>MLFLOW_TRACKING_PASSWORD</c>.</summary>
    public string? Password { get; set; }

    /// <summary>A bearer token; not used where there is a user. The default is that of <c>MLFLOW_TRACKING_TOKEN</c>.</summary>
    public string? Token { get; set; }

    /// <summary>
    /// Whether an encrypted server may be anybody; told once. The default is that of <c>MLFLOW_TRACKING_INSECURE_TLS</c>, then false.
    /// </summary>
    public bool? InsecureTls { get; set; }

    /// <summary>
    /// A PEM file with the certificates that vouch for the server, in place of the machine's. The default is that of
    /// <c>MLFLOW_TRACKING_SERVER_CERT_PATH</c>.
    /// </summary>
    public string? ServerCertPath { get; set; }

    /// <summary>
    /// A PEM file with the certificate and the key that the server is shown. The default is that of
    /// <c>MLFLOW_TRACKING_CLIENT_CERT_PATH</c>.
    /// </summary>
    public string? ClientCertPath { get; set; }

    /// <summary>Which checkpoints are uploaded. The default is <see cref="MLflowCheckpoints.All"/>.</summary>
    public MLflowCheckpoints Checkpoints { get; set; }

    /// <summary>
    /// Whether a checkpoint becomes a logged model as well, with a copy of its files, on servers that have them (MLflow 3). The default is
    /// true.
    /// </summary>
    public bool LoggedModels { get; set; } = true;

    /// <summary>How long the server may take for one request; an upload, for its next piece. The default is 30 seconds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long connecting may take. The default is 5 seconds.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);
}
