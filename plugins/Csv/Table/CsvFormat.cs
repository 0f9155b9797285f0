using System.Buffers;

namespace PluginLoggers.Csv.Table;

/// <summary>How cells are written.</summary>
/// <param name="Separator">Stands between them.</param>
/// <param name="Numbers">How metrics are written.</param>
internal sealed record CsvFormat(byte Separator, NumberFormat Numbers)
{
    /// <summary>What can separate cells, in the order in which a reader tries them.</summary>
    public static ReadOnlySpan<byte> Separators => ",;\t|"u8;

    public static CsvFormat Default { get; } = new((byte)',', NumberFormat.Shortest);

    /// <summary>
    /// What makes a cell need quotes. With a separator other than the comma, the others as well: whoever looks for the separator in the
    /// header takes none of them for it.
    /// </summary>
    public SearchValues<char> NeedQuotes { get; } = SearchValues.Create(Separator == ',' ? ",\"\r\n" : ",;\t|\"\r\n");

    /// <summary>The separator that an option means; null for none.</summary>
    public static byte? SeparatorOf(string? option) => option switch
    {
        "tab" => (byte)'\t',
        [var one] when one < 128 && Separators.Contains((byte)one) => (byte)one,
        _ => null,
    };

    /// <summary>A name as a cell. Doubles the quotes of what needs quotes, and quotes nothing else.</summary>
    public string Cell(string name) =>
        name.AsSpan().ContainsAny(NeedQuotes) ? $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : name;
}
