using System.Globalization;
using System.Text.Json;

namespace PluginLoggers.Hosting.Diagnostics;

/// <summary>Why a text is no JSON, for a person.</summary>
internal static class JsonMistake
{
    /// <summary>The place and the reason. The parser counts lines and bytes from 0, and says so at the end; editors count from 1.</summary>
    public static string Of(Exception failure) => failure is JsonException { LineNumber: { } line, BytePositionInLine: { } position }
        ? string.Create(CultureInfo.InvariantCulture, $"Line {line + 1}, byte {position + 1}: {failure.Message.Split(" LineNumber: ")[0]}")
        : failure.Message;
}
