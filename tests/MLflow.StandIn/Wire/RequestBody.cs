using System.Text;

namespace PluginLoggers.MLflow.StandIn;

/// <summary>Makes a dictionary of what a request brings.</summary>
internal static class RequestBody
{
    /// <summary>A body that is no JSON is taken for <c>{}</c>, except by <c>log-batch</c>, which fails on it.</summary>
    public static OrderedDictionary<string, object?> Of(byte[] body, string? contentType, bool isBatch)
    {
        if (contentType is null)
        {
            throw ApiException.Invalid("Bad Request. Content-Type header is missing.");
        }

        if (!contentType.Split(';')[0].Trim().Equals("application/json", StringComparison.OrdinalIgnoreCase))
        {
            throw ApiException.Invalid("Bad Request. Content-Type must be one of ['application/json'].");
        }

        try
        {
            var json = PythonJson.Parse(body);
            if (json is string twice)
            {
                var inner = Encoding.UTF8.GetBytes(twice);
                if (isBatch)
                {
                    BatchLimits.CheckSize(inner.Length);
                }

                json = PythonJson.Parse(inner);
            }

            return json as OrderedDictionary<string, object?> ?? [];
        }
        catch (FormatException) when (!isBatch)
        {
            return [];
        }
        catch (FormatException)
        {
            throw new HtmlErrorException(500);
        }
    }

    public static OrderedDictionary<string, object?> OfQuery(string query)
    {
        var json = new OrderedDictionary<string, object?>();
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Replace('+', ' ').Split('=', 2);
            json[Uri.UnescapeDataString(parts[0])] = Uri.UnescapeDataString(parts.Length > 1 ? parts[1] : "");
        }

        return json;
    }
}
