namespace PluginLoggers.MLflow.StandIn;

/// <summary>Which server is stood in for.</summary>
public enum ServerVersion
{
    /// <summary>MLflow 2.21.</summary>
    V2,

    /// <summary>MLflow 3.6.</summary>
    V3,
}
