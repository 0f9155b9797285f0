using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace PluginLoggers.Cli.Training;

/// <summary>
/// Writes parameters in the <see href="https://huggingface.co/docs/safetensors/index#format">safetensors</see> format, which Python
/// reads without this program: eight bytes of length, a JSON header, the numbers.
/// </summary>
internal static class SafeTensors
{
    public static void Write(string path, IReadOnlyList<Parameter> parameters)
    {
        var header = Header(parameters);
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);

        using var file = File.Create(path);
        file.Write(length);
        file.Write(header);
        foreach (var parameter in parameters)
        {
            file.Write(MemoryMarshal.AsBytes(parameter.Values.AsSpan()));
        }
    }

    private static ReadOnlySpan<byte> Header(IReadOnlyList<Parameter> parameters)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            var offset = 0;
            json.WriteStartObject();
            foreach (var parameter in parameters)
            {
                var end = offset + (parameter.Values.Length * sizeof(float));
                json.WriteStartObject(parameter.Name);
                json.WriteString("dtype", "F32");
                json.WritePropertyName("shape");
                JsonSerializer.Serialize(json, parameter.Shape);
                json.WritePropertyName("data_offsets");
                JsonSerializer.Serialize<int[]>(json, [offset, end]);
                json.WriteEndObject();
                offset = end;
            }

            json.WriteEndObject();
        }

        // Numbers begin at a multiple of eight; the format allows spaces for that.
        buffer.Write("       "u8[..(-buffer.WrittenCount & 7)]);
        return buffer.WrittenSpan;
    }
}
