using System.Globalization;
using PluginLoggers.Cli.Training;
using PluginLoggers.Hosting;

namespace PluginLoggers.Cli.Commands;

/// <summary>Says what came of a training, and where its run is: also of one that did not come to its end.</summary>
/// <param name="run">The run.</param>
/// <param name="writer">Where to.</param>
/// <param name="asJson">For a script, not for a person.</param>
internal sealed class TrainingReport(LightningRun run, TextWriter writer, bool asJson)
{
    /// <summary>What came out; null of a training that did not come to its end.</summary>
    public TrainingResult? Result { get; set; }

    public void Write()
    {
        if (asJson)
        {
            WriteJson();
            return;
        }

        if (Result is { Validation: var validation })
        {
            writer.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"accuracy {validation.Accuracy:F4} and loss {validation.Loss:F4} "
            + $"on {Result.HeldOut} held-out digits, {Result.Steps} steps"));
        }

        RunReport.Write(writer, run);
        if (Result?.Checkpoint is { } checkpoint)
        {
            RunReport.WriteLine(writer, "checkpoint", RunReport.Short(checkpoint));
        }
    }

    private void WriteJson() => Json.Write(writer, json =>
    {
        json.WriteStartObject();
        if (Result is { Validation: var validation })
        {
            json.WriteNumber("accuracy", validation.Accuracy);
            json.WriteNumber("loss", validation.Loss);
            json.WriteNumber("steps", Result.Steps);
            json.WriteString("checkpoint", Result.Checkpoint);
        }

        RunReport.Write(json, run);
        json.WriteEndObject();
    });
}
