namespace PluginLoggers.Faults;

/// <summary>What goes wrong with a request.</summary>
public abstract record Fault
{
    /// <summary>The server does what was asked, and the connection is reset before it answers.</summary>
    public static readonly Fault ResetAfterStoring = new ResetFault(Passes: true);

    /// <summary>The connection is reset before the server learns of the request.</summary>
    public static readonly Fault ResetBefore = new ResetFault(Passes: false);

    /// <summary>No answer ever comes, and the server does not learn of the request.</summary>
    public static readonly Fault Hang = new HeldFault(new TaskCompletionSource().Task);

    /// <summary>The server does what was asked; its answer is cut in the middle, and the connection with it.</summary>
    public static readonly Fault TruncatedAnswer = new TruncatedFault();

    /// <summary>The answer says <c>Connection: close</c>, and the connection is closed after it.</summary>
    public static readonly Fault CloseAfterwards = new CloseFault();

    private Fault()
    {
    }

    /// <summary>A slow server: the request is passed on when this has ended.</summary>
    /// <param name="until">When to go on; a test's signal, so that nobody has to wait for a clock.</param>
    public static Fault Slow(Task until) => new HeldFault(until);

    /// <summary>Something before the server answers in its place.</summary>
    /// <param name="status">The status.</param>
    /// <param name="body">The body.</param>
    /// <param name="contentType">Its type; a page, if nothing is said.</param>
    /// <param name="retryAfter">The header of that name, seconds or a date; null for none.</param>
    /// <param name="location">The header of that name, to which a redirect points; null for none.</param>
    public static Fault Answer(
        int status, string body = "", string contentType = "text/html", string? retryAfter = null, string? location = null) =>
        new AnswerFault(status, body, contentType, retryAfter, location);

    /// <summary>A redirect to the same path and query elsewhere.</summary>
    /// <param name="to">The address of the other server.</param>
    /// <param name="status">301, 302, 307 or 308.</param>
    public static Fault Redirect(string to, int status = 307) => new RedirectFault(to, status);

    internal sealed record ResetFault(bool Passes) : Fault;

    internal sealed record HeldFault(Task Until) : Fault;

    internal sealed record TruncatedFault : Fault;

    internal sealed record CloseFault : Fault;

    internal sealed record RedirectFault(string To, int Status) : Fault;

    internal sealed record AnswerFault(int Status, string Body, string ContentType, string? RetryAfter, string? Location) : Fault;
}
