using PluginLoggers.Hosting.Configuration;

namespace PluginLoggers.Hosting.Delivery;

/// <summary>What a delivery loop needs to know of its backend.</summary>
/// <param name="Key">The logger's key.</param>
/// <param name="Type">The alias of its plug-in.</param>
/// <param name="Filter">Which metrics it is given.</param>
/// <param name="Create">Makes an instance, from a clock and a bookmark.</param>
internal sealed record BackendSpecification(
    string Key, string Type, MetricFilter Filter, Func<TimeProvider, string?, ILightningLogger> Create);
