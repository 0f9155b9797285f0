using PluginLoggers.Hosting.Plugins;

namespace PluginLoggers.Hosting.Tests.Plugins;

/// <summary>Whatever stands in a DLL, inspecting it gives facts or a reason.</summary>
public sealed class InspectionFuzzTests : IDisposable
{
    private const int Rounds = 800;

    private readonly PluginYard _yard = new();

    public void Dispose() => _yard.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_damaged_assembly_gives_facts_or_a_reason_and_never_an_exception(int seed)
    {
        var random = new Random(seed);
        var original = File.ReadAllBytes(_yard.Install("Faulty"));
        var file = _yard["fuzzed.dll"];
        var refused = 0;
        for (var round = 0; round < Rounds; round++)
        {
            File.WriteAllBytes(file, Mutate(original, random));
            if (!AssemblyFactsReader.TryRead(file, out var facts, out var problem))
            {
                Assert.False(string.IsNullOrEmpty(problem), $"round {round}");
                refused++;
            }
            else
            {
                Assert.NotNull(facts.Identity.Name);
            }
        }

        Assert.InRange(refused, Rounds / 20, Rounds - 1);
    }

    [Fact]
    public void A_folder_with_a_damaged_assembly_never_makes_discovery_throw()
    {
        var random = new Random(3);
        var main = _yard.Install("Faulty");
        var original = File.ReadAllBytes(main);
        for (var round = 0; round < 300; round++)
        {
            File.WriteAllBytes(main, Mutate(original, random));
            Assert.NotEmpty(_yard.Discover().Entries);
        }
    }

    // Most of the file is code and resources; headers and metadata are hit on purpose.
    private static byte[] Mutate(byte[] original, Random random)
    {
        var image = original[..(random.Next(10) == 0 ? random.Next(original.Length) : original.Length)];
        for (var change = random.Next(1, 12); change > 0 && image.Length > 0; change--)
        {
            var place = random.Next(3) switch { 0 => random.Next(Math.Min(1024, image.Length)), _ => random.Next(image.Length) };
            switch (random.Next(4))
            {
                case 0:
                    image[place] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    image[place] = (byte)random.Next(256);
                    break;
                case 2:
                    image.AsSpan(place, Math.Min(4, image.Length - place)).Fill(0xFF);
                    break;
                default:
                    var length = Math.Min(random.Next(1, 64), image.Length - place);
                    original.AsSpan(random.Next(original.Length - 64), length).CopyTo(image.AsSpan(place));
                    break;
            }
        }

        return image;
    }
}
