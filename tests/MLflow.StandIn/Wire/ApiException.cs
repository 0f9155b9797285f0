namespace PluginLoggers.MLflow.StandIn;

/// <summary>A refusal, as MLflow answers it: JSON with a code and a message.</summary>
internal sealed class ApiException(int status, string code, string message) : Exception(message)
{
    public int Status => status;

    public string Code => code;

    public static ApiException Invalid(string message) => new(400, "INVALID_PARAMETER_VALUE", message);

    public static ApiException Missing(string message) => new(404, "RESOURCE_DOES_NOT_EXIST", message);

    public static ApiException MissingValue(string parameter) =>
        Invalid($"Missing value for required parameter '{parameter}'. See the API docs for more information about request parameters.");

    /// <summary>Trouble with the database surfaces as a mistake of the client, with the SQL in the message.</summary>
    public static ApiException Database(string error) =>
        new(400, "BAD_REQUEST", $"(sqlite3.IntegrityError) {error}\n[SQL: INSERT INTO ...]");
}
