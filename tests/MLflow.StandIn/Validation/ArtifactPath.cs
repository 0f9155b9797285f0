using System.Text;

namespace PluginLoggers.MLflow.StandIn;

/// <summary>
/// The path of an artifact: decoded again and again until nothing is left to decode, so that <c>%41</c> in a name becomes <c>A</c>.
/// </summary>
internal static class ArtifactPath
{
    private const int MaxDecodings = 10;
    private const int MaxNameBytes = 255;

    public static string Decode(string encoded)
    {
        var path = encoded;
        for (var i = 0; i < MaxDecodings && DecodeOnce(path) is var decoded && decoded != path; i++)
        {
            path = decoded;
        }

        string[] segments = [.. path.Split('/').Where(segment => segment.Length > 0)];
        if (path.Contains('#', StringComparison.Ordinal) || segments.Contains(".."))
        {
            throw ApiException.Invalid("Invalid path");
        }

        return segments.All(segment => Encoding.UTF8.GetByteCount(segment) <= MaxNameBytes)
            ? string.Join('/', segments.Where(segment => segment != "."))
            : throw new HtmlErrorException(500);
    }

    /// <summary>Bytes that are no UTF-8 become U+FFFD.</summary>
    private static string DecodeOnce(string text)
    {
        var source = Encoding.UTF8.GetBytes(text);
        var decoded = new List<byte>(source.Length);
        for (var i = 0; i < source.Length; i++)
        {
            if (source[i] == '%' && i + 2 < source.Length
                && char.IsAsciiHexDigit((char)source[i + 1]) && char.IsAsciiHexDigit((char)source[i + 2]))
            {
                decoded.Add(Convert.ToByte(Encoding.ASCII.GetString(source, i + 1, 2), 16));
                i += 2;
            }
            else
            {
                decoded.Add(source[i]);
            }
        }

        return Encoding.UTF8.GetString([.. decoded]);
    }
}
