using System.Text;
using System.Text.Json.Nodes;

namespace PluginLoggers.MLflow.StandIn;

/// <summary>An answer.</summary>
internal sealed record Answer(int Status, string ContentType, byte[] Body)
{
    public static Answer Empty => Json(new JsonObject());

    public static Answer Json(JsonObject body, int status = 200) =>
        new(status, "application/json", Encoding.UTF8.GetBytes(body.ToJsonString()));

    public static Answer Text(string body) => new(200, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(body));

    public static Answer Of(ApiException refusal) =>
        Json(new JsonObject { ["error_code"] = refusal.Code, ["message"] = refusal.Message }, refusal.Status);

    public static Answer Of(HtmlErrorException error) => new(error.Status, "text/html; charset=utf-8", Encoding.UTF8.GetBytes(error.Page));
}
