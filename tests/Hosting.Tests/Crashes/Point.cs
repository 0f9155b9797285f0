namespace PluginLoggers.Hosting.Tests.Crashes;

/// <summary>One value of the metric that the logging process logs, wherever it was found.</summary>
internal readonly record struct Point(long Step, double Value);
