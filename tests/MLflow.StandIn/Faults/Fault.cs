namespace PluginLoggers.MLflow.StandIn;

/// <summary>What goes wrong with a request.</summary>
public abstract record Fault
{
    /// <summary>The server stores what was sent, and breaks the connection off before it answers.</summary>
    public static readonly Fault ResetAfterStoring = new ResetAfterStoringFault();

    /// <summary>The connection breaks off before anything is stored.</summary>
    public static readonly Fault ResetBefore = new ResetBeforeFault();

    /// <summary>The server never answers.</summary>
    public static readonly Fault Hang = new HangFault();

    private Fault()
    {
    }

    /// <summary>Something before the server answers in its place.</summary>
    /// <param name="status">The status.</param>
    /// <param name="body">The body.</param>
    /// <param name="contentType">Its type.</param>
    /// <param name="retryAfter">The header of that name, or null.</param>
    public static Fault Answer(int status, string body = "", string contentType = "text/html", string? retryAfter = null) =>
        new AnswerFault(status, body, contentType, retryAfter);

    internal sealed record ResetAfterStoringFault : Fault;

    internal sealed record ResetBeforeFault : Fault;

    internal sealed record HangFault : Fault;

    internal sealed record AnswerFault(int Status, string Body, string ContentType, string? RetryAfter) : Fault;
}
