using System.Net;

namespace PluginLoggers.MLflow;

/// <summary>
/// A request that failed: without an answer, or with one that is no success. It may pass later, unless its reader knows better.
/// </summary>
internal sealed class TrackingRequestException : Exception
{
    public TrackingRequestException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }

    public TrackingRequestException(string message, HttpStatusCode status, string? errorCode, string serverMessage)
        : base(message) => (Status, ErrorCode, ServerMessage) = (status, errorCode, serverMessage);

    /// <summary>The status of the answer; null if there was none.</summary>
    public HttpStatusCode? Status { get; }

    /// <summary>MLflow's own code, such as <c>RESOURCE_DOES_NOT_EXIST</c>; null if the answer was no JSON of MLflow's.</summary>
    public string? ErrorCode { get; }

    /// <summary>What the server said.</summary>
    public string ServerMessage { get; } = "";

    public bool IsMissing => ErrorCode == "RESOURCE_DOES_NOT_EXIST";

    public bool AlreadyExists => ErrorCode == "RESOURCE_ALREADY_EXISTS";

    /// <summary>Whether there is no such route: the server is of an older version, and answers with a page.</summary>
    public bool IsUnknownRoute => ErrorCode is null or "ENDPOINT_NOT_FOUND"
        && Status is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed;

    /// <summary>Whether the server will never take what was sent, however often.</summary>
    public bool IsInvalid => Status == HttpStatusCode.BadRequest && ErrorCode == "INVALID_PARAMETER_VALUE";

    /// <summary>Whether the run or its experiment was deleted; it can be restored.</summary>
    public bool IsDeleted => IsInvalid && Says("must be in the 'active' state");

    /// <summary>Whether a param is stored with another value. The file store says so with status 500, which looks like an outage.</summary>
    public bool IsChangedParam => Says("Changing param values is not allowed");

    /// <summary>
    /// Whether the database refused a row that it has: SQLite, PostgreSQL, MySQL and SQL Server each say it in their own words.
    /// </summary>
    public bool IsDuplicate => ErrorCode == "BAD_REQUEST"
        && (Says("UNIQUE constraint") || Says("duplicate key") || Says("Duplicate entry") || Says("PRIMARY KEY"));

    /// <summary>The same, with the cure, of a run that was deleted.</summary>
    public TrackingRequestException OfDeleted(RunHandle run) => new(
        $"The MLflow run {run.RunId} or its experiment was deleted. Restore it, with 'mlflow runs restore --run-id {run.RunId}' "
        + "for instance; what is undelivered is kept.", this);

    private bool Says(string text) => ServerMessage.Contains(text, StringComparison.OrdinalIgnoreCase);
}
