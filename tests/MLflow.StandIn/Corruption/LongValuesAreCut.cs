namespace PluginLoggers.MLflow.StandIn;

/// <summary>Values beyond the limit are cut, status 200.</summary>
internal static class LongValuesAreCut
{
    private const int MaxParamValue = 6000;
    private const int MaxTagValue = 8000;

    public static string Param(string value) => value[..Math.Min(value.Length, MaxParamValue)];

    public static string Tag(string value) => value[..Math.Min(value.Length, MaxTagValue)];
}
