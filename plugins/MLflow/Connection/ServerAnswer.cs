using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace PluginLoggers.MLflow;

/// <summary>
/// Judges answers, and makes an exception of one that is no success. Errors of MLflow are JSON, HTML or plain text, whoever on the way made
/// them.
/// </summary>
internal static partial class ServerAnswer
{
    private const int MaxShown = 300;

    /// <summary>
    /// Whether an answer with a status of success is one: MLflow's are objects, empty ones of most writes. A sign-in page has that status
    /// too, and stores nothing.
    /// </summary>
    public static bool IsSuccess(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            var isObject = reader.Read() && reader.TokenType == JsonTokenType.StartObject;
            var isError = false;
            while (reader.Read())
            {
                isError |= reader is { TokenType: JsonTokenType.PropertyName, CurrentDepth: 1 } && reader.ValueTextEquals("error_code"u8);
            }

            return isObject && !isError;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    public static TrackingRequestException ToException(TrackingServer server, string request, HttpResponseMessage response, byte[] body)
    {
        var (code, text) = ReadError(body);
        var said = code is null ? text : $"{code}: {text}";
        var status = $"{(int)response.StatusCode} {response.ReasonPhrase}".TrimEnd();
        var shown = said.Length > 0 ? $" ({Shorten(said)})" : "";
        var message = $"MLflow at {server.Display} answered {status} to {request}{shown}. {Cure(response, code)}";
        return new TrackingRequestException(message.TrimEnd(), response.StatusCode, code, text);
    }

    /// <summary>MLflow's code and message; or of a page, its text without markup.</summary>
    private static (string? Code, string Text) ReadError(byte[] body)
    {
        try
        {
            if (JsonSerializer.Deserialize(body, WireJson.Default.ErrorResponse) is { ErrorCode: { } code } error)
            {
                return (code, error.Message ?? "");
            }
        }
        catch (JsonException)
        {
            // A page of the server, or of a proxy before it.
        }

        var text = Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, 16 * 1024)));
        return (null, Blanks().Replace(WebUtility.HtmlDecode(Markup().Replace(text, " ")), " ").Trim());
    }

    private static string Cure(HttpResponseMessage response, string? code) => (int)response.StatusCode switch
    {
        < 300 when code is null => "That is not MLflow's, although its status is that of success. Check TrackingUri: a proxy or a sign-in page "
            + "may answer there.",
        >= 300 and < 400 => Place(response) is { } place
            ? $"Set TrackingUri to where it points, if that is a tracking server: {place}"
            : "It points nowhere. Check TrackingUri: a proxy or a sign-in page may answer there.",
        401 => "Set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN, to credentials that it accepts.",
        403 => "Give the user of the credentials the right to write to this experiment; a 3.x server also refuses host names "
            + "that it was not told to allow.",
        404 or 405 when code is null => "Check TrackingUri, its path above all: what answers there has no MLflow API.",
        413 => "A proxy before the server limits the size of requests; raise its limit.",
        429 => "The server or a proxy before it limits requests; they are sent again later.",
        >= 500 => "What is undelivered is kept, and sent when the server is well again; its log names the cause.",
        _ => "",
    };

    /// <summary>Where a redirect points, without what may be a secret in it.</summary>
    private static string? Place(HttpResponseMessage response) =>
        response.Headers.Location is { } location && response.RequestMessage?.RequestUri is { } from
            ? new Uri(from, location).GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)
            : null;

    private static string Shorten(string text) => text.Length <= MaxShown ? text : text[..MaxShown] + "...";

    [GeneratedRegex("<style.*?</style>|<script.*?</script>|<[^>]*>", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Markup();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
