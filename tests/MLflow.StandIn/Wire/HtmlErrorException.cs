namespace PluginLoggers.MLflow.StandIn;

/// <summary>What the web framework answers by itself: an HTML page.</summary>
internal sealed class HtmlErrorException(int status) : Exception
{
    public int Status => status;

    public string Page
    {
        get
        {
            var (title, text) = status switch
            {
                404 => ("Not Found", "The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again."),
                405 => ("Method Not Allowed", "The method is not allowed for the requested URL."),
                _ => ("Internal Server Error", "The server encountered an internal error and was unable to complete your request. "
                    + "Either the server is overloaded or there is an error in the application."),
            };
            return $"<!doctype html>\n<html lang=en>\n<title>{status} {title}</title>\n<h1>{title}</h1>\n<p>{text}</p>\n";
        }
    }
}
