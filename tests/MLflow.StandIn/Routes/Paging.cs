using System.Text;
using System.Text.Json.Nodes;

namespace PluginLoggers.MLflow.StandIn;

/// <summary>Tokens of pages: Base64 of <c>{"offset": N}</c>.</summary>
internal static class Paging
{
    public static string Token(int offset) => Convert.ToBase64String(Encoding.ASCII.GetBytes($"{{\"offset\": {offset}}}"));

    public static int Offset(string token) =>
        token.Length == 0 ? 0 : (int?)JsonNode.Parse(Encoding.ASCII.GetString(Convert.FromBase64String(token)))?["offset"] ?? 0;
}
