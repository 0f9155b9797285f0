using Xunit;
using Xunit.Sdk;

namespace PluginLoggers.Contract;

/// <summary>
/// A fact that may turn out not to apply to a backend, and is then shown as skipped: xunit 2 itself knows that only before a test runs.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("PluginLoggers.Contract.SkippableFactDiscoverer", "PluginLoggers.Contract")]
internal sealed class SkippableFactAttribute : FactAttribute;
