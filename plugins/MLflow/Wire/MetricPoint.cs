using System.Text.Json;

namespace PluginLoggers.MLflow;

/// <summary>One value of a metric, as the server is to hold it.</summary>
/// <param name="Key">The name, mapped and encoded already.</param>
/// <param name="Value">The value.</param>
/// <param name="Timestamp">When it was logged, in milliseconds since 1970.</param>
/// <param name="Step">The step.</param>
internal readonly record struct MetricPoint(JsonEncodedText Key, double Value, long Timestamp, long Step);
