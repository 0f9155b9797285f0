namespace PluginLoggers.MLflow.StandIn;

/// <summary>A point of a metric that is stored at a logged model as well as at its run.</summary>
internal sealed record ModelPoint(MetricRow Row, string RunId, string DatasetName, string DatasetDigest);
