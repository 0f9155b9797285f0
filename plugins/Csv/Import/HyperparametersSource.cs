using System.Text;
using PluginLoggers.Csv.Hparams;

namespace PluginLoggers.Csv.Import;

/// <summary>Logs what a <c>hparams.yaml</c> holds: the names that are whole, in one call.</summary>
internal static class HyperparametersSource
{
    /// <summary>Nobody writes so much by hand, and a larger one is not worth its memory: 4 MiB.</summary>
    private const int MaxLength = 4 << 20;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static void Read(Stream file, string path, IImportTarget target)
    {
        if (TextOf(file, path, target) is not { } yaml)
        {
            return;
        }

        var reader = new ForeignYaml(yaml);
        var found = reader.Read();
        if (reader.Problem is { } problem)
        {
            target.ReportDamage(path, StrictUtf8.GetByteCount(yaml.AsSpan(0, Math.Clamp(reader.ProblemIndex, 0, yaml.Length))), problem);
        }

        var flat = Hyperparameters.Flatten(found).Where(entry => StrictUtf8.GetByteCount(entry.Key) <= RecordLimits.MaxNameBytes)
            .ToDictionary(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal);
        if (flat.Count > 0)
        {
            target.Logger.LogHyperparams(flat);
        }
    }

    private static string? TextOf(Stream file, string path, IImportTarget target)
    {
        var bytes = new byte[Math.Min(file.Length, MaxLength + 1)];
        try
        {
            var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (length <= MaxLength)
            {
                return StrictUtf8.GetString(bytes, 0, length);
            }

            target.ReportDamage(path, MaxLength, $"it is longer than {MaxLength >> 20} MiB");
        }
        catch (DecoderFallbackException damage)
        {
            target.ReportDamage(path, Math.Max(0, damage.Index), "it is no UTF-8");
        }
        catch (IOException refusal)
        {
            target.ReportDamage(path, 0, $"it cannot be read: {refusal.Message}");
        }

        return null;
    }
}
