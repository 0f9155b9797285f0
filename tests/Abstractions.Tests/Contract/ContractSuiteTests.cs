using System.Reflection;
using PluginLoggers.Contract;
using Xunit.Sdk;

namespace PluginLoggers.Abstractions.Tests.Contract;

/// <summary>A suite that cannot fail is worth nothing: every defect must be found.</summary>
public class ContractSuiteTests
{
    public static TheoryData<Defect> Defects => [.. Enum.GetValues<Defect>().Except([Defect.None])];

    [Theory]
    [MemberData(nameof(Defects))]
    public async Task The_suite_finds(Defect defect)
    {
        foreach (var method in typeof(LightningLoggerContractTests).GetMethods().Where(method => method.IsDefined(typeof(FactAttribute))))
        {
            foreach (var arguments in method.GetCustomAttribute<DataAttribute>()?.GetData(method) ?? [[]])
            {
                if (await Fails(method, arguments, defect))
                {
                    return;
                }
            }
        }

        Assert.Fail($"No test of the suite fails for a backend that {defect}.");
    }

    private static async Task<bool> Fails(MethodInfo method, object[] arguments, Defect defect)
    {
        using var suite = new LineLoggerContractTests(defect);
        try
        {
            await (Task)method.Invoke(suite, arguments)!;
            return false;
        }
        catch (Exception failure)
        {
            return failure.GetType().Name != "SkippedException";
        }
    }
}
