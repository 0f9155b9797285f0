using Microsoft.Extensions.DependencyInjection;
using PluginLoggers;

namespace ReadmeSnippets;

public sealed class Validator([FromKeyedServices("csv")] ILightningLogger csv)
{
    public void Validate(double accuracy) => csv.LogMetric("val/accuracy", accuracy);
}
