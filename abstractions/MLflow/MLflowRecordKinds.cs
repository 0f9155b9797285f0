namespace PluginLoggers;

/// <summary>The kinds of open records that the MLflow backend shows.</summary>
public static class MLflowRecordKinds
{
    /// <summary>
    /// A table, see <see cref="MLflowRecorder.LogTable"/>. The payload is JSON in UTF-8, as MLflow's <c>log_table</c> writes it:
    /// <c>{"columns":["a","b"],"data":[[1,"x"],[2,"y"]]}</c>.
    /// </summary>
    public const string Table = "mlflow.table";

    /// <summary>
    /// A dataset that goes into the run, see <see cref="MLflowRecorder.LogDataset"/>. The payload is JSON in UTF-8:
    /// <c>{"digest":...,"source_type":...,"source":...,"schema":...,"profile":...,"context":...}</c>, texts all of them, and those that
    /// are not known left out.
    /// </summary>
    public const string Dataset = "mlflow.dataset";
}
