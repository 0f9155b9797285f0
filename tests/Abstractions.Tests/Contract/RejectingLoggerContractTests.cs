namespace PluginLoggers.Abstractions.Tests.Contract;

/// <summary>The contract suite on a backend that takes metric by metric, and stops at one that is no number.</summary>
public class RejectingLoggerContractTests : LineLoggerContractTests
{
    protected override ILightningLogger Create(LoggerContext context) => new LineLogger(context, Defect.None, rejectsNaN: true);
}
