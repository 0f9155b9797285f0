namespace PluginLoggers.MLflow.StandIn;

/// <summary>A message as the server's code sees it: a field that was not read has the default of its type.</summary>
internal sealed class Message
{
    private readonly Dictionary<string, object> _fields = [];

    public object this[string field]
    {
        set => _fields[field] = value;
    }

    public bool Has(string field) => _fields.ContainsKey(field);

    public string Text(string field) => (string)_fields.GetValueOrDefault(field, "");

    public long Integer(string field) => (long)_fields.GetValueOrDefault(field, 0L);

    public double Real(string field) => (double)_fields.GetValueOrDefault(field, 0.0);

    public List<Message> List(string field)
    {
        if (!_fields.TryGetValue(field, out var list))
        {
            _fields[field] = list = new List<Message>();
        }

        return (List<Message>)list;
    }

    public List<string> Texts(string field)
    {
        if (!_fields.TryGetValue(field, out var list))
        {
            _fields[field] = list = new List<string>();
        }

        return (List<string>)list;
    }

    /// <summary>The run: <c>run_id</c>, or <c>run_uuid</c>, which is its older name.</summary>
    public string RunId => Text("run_id") is { Length: > 0 } id ? id : Text("run_uuid");
}
