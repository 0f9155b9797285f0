namespace PluginLoggers.MLflow.StandIn;

/// <summary>The fields of a message and their types.</summary>
internal sealed class Schema
{
    private static readonly Schema KeyValue = new() { Fields = { ["key"] = FieldType.Text, ["value"] = FieldType.Text } };

    private static readonly Schema Metric = new()
    {
        Fields =
        {
            ["key"] = FieldType.Text, ["value"] = FieldType.Real, ["timestamp"] = FieldType.Integer, ["step"] = FieldType.Integer,
            ["model_id"] = FieldType.Text, ["dataset_name"] = FieldType.Text, ["dataset_digest"] = FieldType.Text,
            ["run_id"] = FieldType.Text,
        },
    };

    private static readonly Schema Model = new() { Fields = { ["model_id"] = FieldType.Text, ["step"] = FieldType.Integer } };

    private static readonly Schema Dataset = new()
    {
        Fields =
        {
            ["name"] = FieldType.Text, ["digest"] = FieldType.Text, ["source_type"] = FieldType.Text, ["source"] = FieldType.Text,
            ["schema"] = FieldType.Text, ["profile"] = FieldType.Text,
        },
    };

    private static readonly Schema DatasetInput = new() { Lists = { ["tags"] = KeyValue }, Messages = { ["dataset"] = Dataset } };

    /// <summary>One schema for all requests: a name means the same in each.</summary>
    public static readonly Schema Request = new()
    {
        Fields =
        {
            ["run_id"] = FieldType.Text, ["run_uuid"] = FieldType.Text, ["experiment_id"] = FieldType.Text,
                ["experiment_name"] = FieldType.Text,
            ["name"] = FieldType.Text, ["artifact_location"] = FieldType.Text, ["run_name"] = FieldType.Text, ["user_id"] = FieldType.Text,
            ["start_time"] = FieldType.Integer, ["end_time"] = FieldType.Integer, ["status"] = FieldType.Status, ["key"] = FieldType.Text,
            ["timestamp"] = FieldType.Integer, ["step"] = FieldType.Integer, ["filter"] = FieldType.Text,
                ["max_results"] = FieldType.Integer,
            ["page_token"] = FieldType.Text, ["run_view_type"] = FieldType.Text, ["metric_key"] = FieldType.Text, ["path"] = FieldType.Text,
            ["experiment_ids"] = FieldType.Texts, ["order_by"] = FieldType.Texts, ["model_id"] = FieldType.Text,
            ["model_type"] = FieldType.Text, ["source_run_id"] = FieldType.Text, ["dataset_name"] = FieldType.Text,
            ["dataset_digest"] = FieldType.Text,
        },
        Lists = { ["metrics"] = Metric, ["params"] = KeyValue, ["tags"] = KeyValue, ["datasets"] = DatasetInput, ["models"] = Model },
    };

    /// <summary>The same, where <c>value</c> is a number.</summary>
    public static readonly Schema MetricRequest = With("value", FieldType.Real);

    /// <summary>The same, where <c>value</c> is text.</summary>
    public static readonly Schema PairRequest = With("value", FieldType.Text);

    /// <summary>The same, where <c>status</c> is that of a logged model.</summary>
    public static readonly Schema ModelRequest = With("status", FieldType.Text);

    public Dictionary<string, FieldType> Fields { get; } = [];

    public Dictionary<string, Schema> Lists { get; } = [];

    public Dictionary<string, Schema> Messages { get; } = [];

    private static Schema With(string field, FieldType type)
    {
        var schema = new Schema { Fields = { [field] = type } };
        foreach (var (name, known) in Request.Fields)
        {
            schema.Fields.TryAdd(name, known);
        }

        foreach (var (name, known) in Request.Lists)
        {
            schema.Lists.Add(name, known);
        }

        return schema;
    }
}
