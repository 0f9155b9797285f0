namespace PluginLoggers.MLflow;

internal sealed record ErrorResponse(string? ErrorCode, string? Message);

/// <summary>A param or a tag. Values are strings always: a number would be stored as an empty value.</summary>
internal sealed record KeyValue(string Key, string Value);
