namespace PluginLoggers.Hosting.Tests.PublicApi;

/// <summary>What programs are built on changes only on purpose.</summary>
public class PublicApiTests
{
    [Fact]
    public void The_public_surface_is_the_one_in_git() => Baseline.Check(
        typeof(LightningRun).Assembly, "Hosting.Tests", "Programs are compiled against it: what need not be seen is internal, and nothing goes.");
}
