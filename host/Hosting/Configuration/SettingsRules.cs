using System.Globalization;
using PluginLoggers.Hosting.Runs;

namespace PluginLoggers.Hosting.Configuration;

/// <summary>What the types of the host's own settings cannot say.</summary>
internal static class SettingsRules
{
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    public static void Check(RunSettings settings, MistakeList mistakes, string path)
    {
        mistakes.AddIfRefused($"{path}:{nameof(settings.Name)}", settings.Name, RunNames.ValidateName);
        if (settings.Version is { } version)
        {
            mistakes.AddIfRefused($"{path}:{nameof(settings.Version)}", version, RunNames.ValidateVersion);
        }

        CheckFolder(settings.SaveDir, mistakes, $"{path}:{nameof(settings.SaveDir)}");
        if (settings.Rank is { } rank and < 0)
        {
            mistakes.Add($"{path}:{nameof(settings.Rank)}", rank.ToString(CultureInfo.InvariantCulture), "0 or more");
        }

        if (settings.SystemMetrics.Interval is var interval && (interval < ShortestInterval || interval > LongestWait))
        {
            var at = $"{path}:{nameof(settings.SystemMetrics)}:{nameof(settings.SystemMetrics.Interval)}";
            mistakes.Add(at, $"\"{interval}\"", "a time from 00:00:00.1 to 1.00:00:00");
        }
    }

    public static void Check(PluginSettings settings, MistakeList mistakes, string path)
    {
        for (var index = 0; index < settings.Folders.Count; index++)
        {
            CheckFolder(settings.Folders[index], mistakes, $"{path}:{nameof(settings.Folders)}:{index}");
        }
    }

    public static void Check(DeliverySettings settings, MistakeList mistakes, string path)
    {
        CheckWait(settings.ShutdownTimeout, mistakes, $"{path}:{nameof(settings.ShutdownTimeout)}");
        CheckWait(settings.StallTimeout, mistakes, $"{path}:{nameof(settings.StallTimeout)}");
    }

    private static void CheckWait(TimeSpan wait, MistakeList mistakes, string path)
    {
        if (wait < TimeSpan.Zero || wait > LongestWait)
        {
            mistakes.Add(path, $"\"{wait}\"", "a time from 00:00:00 to 1.00:00:00");
        }
    }

    private static void CheckFolder(string folder, MistakeList mistakes, string path)
    {
        if (string.IsNullOrWhiteSpace(folder) || folder.Contains('\0', StringComparison.Ordinal))
        {
            mistakes.Add(path, ShownValue.Of("", folder), "a folder");
        }
    }
}
