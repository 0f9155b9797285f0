using System.Text.Json;

namespace PluginLoggers.MLflow;

/// <summary>Reads records of datasets.</summary>
internal static class DatasetInputs
{
    /// <exception cref="LoggerRejectedException">It is no such record.</exception>
    public static DatasetInput Read(string name, ReadOnlySpan<byte> payload)
    {
        try
        {
            if (JsonSerializer.Deserialize(payload, WireJson.Default.DatasetRecord) is { Digest: { } digest } record)
            {
                var dataset = new DatasetMessage(
                    name, digest, record.SourceType ?? "local", record.Source ?? "{}", record.Schema, record.Profile);
                return new DatasetInput(dataset, record.Context is { } context ? [new("mlflow.data.context", context)] : []);
            }
        }
        catch (JsonException)
        {
            // Told below.
        }

        throw new LoggerRejectedException($"The record of the dataset '{name}' cannot be read. Log datasets with LogDataset.");
    }
}
