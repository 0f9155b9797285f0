using Xunit.Abstractions;
using Xunit.Sdk;

namespace PluginLoggers.Contract;

/// <summary>Makes the test cases of <see cref="SkippableFactAttribute"/>; found by xunit by its name.</summary>
internal sealed class SkippableFactDiscoverer(IMessageSink diagnosticMessageSink) : IXunitTestCaseDiscoverer
{
    public IEnumerable<IXunitTestCase> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) =>
    [
        new SkippableTestCase(
            diagnosticMessageSink, discoveryOptions.MethodDisplayOrDefault(), discoveryOptions.MethodDisplayOptionsOrDefault(), testMethod),
    ];
}
