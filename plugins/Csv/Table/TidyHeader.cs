using System.Buffers;

namespace PluginLoggers.Csv.Table;

/// <summary>The columns of the tidy layout. No table of the other layout has these in this order: a call's columns are sorted.</summary>
internal static class TidyHeader
{
    public const int Step = 0;
    public const int Name = 1;
    public const int Value = 2;
    public const int Time = 3;

    private static readonly SearchValues<byte> NumberCharacters = SearchValues.Create("0123456789+-.eENainf"u8);

    public static IReadOnlyList<string> Columns { get; } = ["step", "name", "value"];

    public static IReadOnlyList<string> ColumnsWithTime { get; } = [.. Columns, "time"];

    /// <summary>Whether a record is a row that was written here.</summary>
    public static bool IsRow(CsvReader record, bool hasTime) => record.Count == (hasTime ? ColumnsWithTime.Count : Columns.Count)
        && record[Step] is [.., >= (byte)'0' and <= (byte)'9'] step && !step.ContainsAnyExcept(NumberCharacters)
        && record[Value] is [_, ..] value && !value.ContainsAnyExcept(NumberCharacters)
        && (!hasTime || record[Time] is [.., (byte)'Z']);
}
