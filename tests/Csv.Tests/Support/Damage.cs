namespace PluginLoggers.Csv.Tests.Support;

/// <summary>Seeded damage to a file.</summary>
internal static class Damage
{
    private static readonly byte[] Telling = "\r\n\",:-[]{}&*!#'\0\u00FF 0a"u8.ToArray();

    /// <summary>One to three bytes changed, taken out, put in, or everything behind a place cut off or doubled.</summary>
    public static byte[] Of(byte[] whole, Random random)
    {
        var bytes = whole.ToList();
        for (var i = random.Next(1, 4); i > 0 && bytes.Count > 0; i--)
        {
            var at = random.Next(bytes.Count);
            var other = random.Next(2) == 0 ? Telling[random.Next(Telling.Length)] : (byte)random.Next(256);
            switch (random.Next(6))
            {
                case 0 or 1:
                    bytes[at] = other;
                    break;
                case 2:
                    bytes.RemoveAt(at);
                    break;
                case 3:
                    bytes.Insert(at, other);
                    break;
                case 4:
                    bytes.AddRange(bytes[at..]);
                    break;
                default:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 20), bytes.Count - at));
                    break;
            }
        }

        return [.. bytes];
    }
}
