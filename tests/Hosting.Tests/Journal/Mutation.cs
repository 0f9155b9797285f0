namespace PluginLoggers.Hosting.Tests.Journal;

/// <summary>Damages a journal in one to three of the ways in which disks, crashes and people do.</summary>
internal static class Mutation
{
    public static byte[] Of(byte[] content, List<(int Offset, int Length)> blocks, Random random)
    {
        var mutated = content.ToArray();
        for (var times = random.Next(1, 4); times > 0 && mutated.Length > 0; times--)
        {
            mutated = Once(mutated, content, blocks, random);
        }

        return mutated;
    }

    private static byte[] Once(byte[] mutated, byte[] content, List<(int Offset, int Length)> blocks, Random random)
    {
        var at = random.Next(mutated.Length);
        var length = random.Next(mutated.Length - at + 1);
        var (offset, blockLength) = blocks[random.Next(blocks.Count)];
        switch (random.Next(8))
        {
            case 0:
                return mutated[..at];
            case 1:
                mutated[at] ^= (byte)(1 << random.Next(8));
                return mutated;
            case 2:
                random.NextBytes(mutated.AsSpan(at, length));
                return mutated;
            case 3:
                mutated.AsSpan(at, length).Clear();
                return mutated;
            case 4:
                return [.. mutated[..at], .. content.AsSpan(offset, blockLength), .. mutated[at..]];
            case 5:
                return [.. mutated[..at], .. mutated[(at + length)..]];
            case 6 when offset + 12 <= mutated.Length:
                BitConverter.TryWriteBytes(mutated.AsSpan(offset + 8), random.Next());
                return mutated;
            default:
                return [.. mutated, .. content];
        }
    }
}
