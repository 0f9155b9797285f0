namespace PluginLoggers.MLflow.StandIn;

/// <summary>The type of a field.</summary>
internal enum FieldType
{
    Text,
    Texts,
    Integer,
    Real,
    Status,
}
