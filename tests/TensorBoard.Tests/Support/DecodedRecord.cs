using PluginLoggers.TensorBoard.Protos;

namespace PluginLoggers.TensorBoard.Tests;

/// <summary>A record of an event file, its checksums verified.</summary>
internal sealed record DecodedRecord(long Offset, byte[] Payload)
{
    public Event Event { get; } = Event.Parser.ParseFrom(Payload);

    /// <summary>The only value of a summary.</summary>
    public Summary.Types.Value Value => Assert.Single(Event.Summary.Value);

    /// <summary>Reads a whole file; anything that is no whole, sound record fails the test.</summary>
    public static IReadOnlyList<DecodedRecord> ReadFile(string path) => Read(File.ReadAllBytes(path));

    public static IReadOnlyList<DecodedRecord> Read(byte[] file)
    {
        var records = new List<DecodedRecord>();
        using var reader = new BinaryReader(new MemoryStream(file));
        while (reader.BaseStream.Position < file.Length)
        {
            var offset = reader.BaseStream.Position;
            var length = reader.ReadBytes(8);
            Assert.Equal(TableCrc32C.Masked(length), reader.ReadUInt32());
            var payload = reader.ReadBytes(checked((int)BitConverter.ToUInt64(length)));
            Assert.Equal(TableCrc32C.Masked(payload), reader.ReadUInt32());
            records.Add(new DecodedRecord(offset, payload));
        }

        return records;
    }

    public static IReadOnlyList<DecodedRecord> ReadGolden(string name) => ReadFile(GoldenCase.FileOf(name));
}
