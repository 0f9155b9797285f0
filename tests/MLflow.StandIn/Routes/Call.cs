namespace PluginLoggers.MLflow.StandIn;

/// <summary>A request on its way through a route.</summary>
/// <param name="Store">What the server holds.</param>
/// <param name="Version">Which server it is.</param>
/// <param name="Json">The JSON of the body, or the parameters of the query.</param>
internal sealed record Call(TrackingStore Store, ServerVersion Version, OrderedDictionary<string, object?> Json)
{
    public Message Read() => Read(Schema.Request);

    public Message Read(Schema schema) => ReadingStopsAtTheFirstValueThatDoesNotParse.Read(Json, schema);
}
