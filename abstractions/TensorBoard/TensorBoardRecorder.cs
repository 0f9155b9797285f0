namespace PluginLoggers;

/// <summary>
/// Logs what TensorBoard alone can show, as open records. Other backends skip them. Each method may be called on any logger, or on the
/// <see cref="ILightningLogger.Experiment"/> of a TensorBoard logger to reach that one only.
/// </summary>
public static class TensorBoardRecorder
{
    /// <summary>Logs a precision-recall curve.</summary>
    /// <param name="recorder">The logger.</param>
    /// <param name="name">The name under which it is shown.</param>
    /// <param name="curve">The curve.</param>
    /// <param name="step">The step; null is one more than the largest step of the run so far.</param>
    public static void LogPrCurve(this IOpenRecorder recorder, string name, PrCurveData curve, long? step = null)
    {
        ArgumentNullException.ThrowIfNull(recorder);
        ArgumentNullException.ThrowIfNull(curve);
        var content = new ProtoWriter().Number(2, (ulong)curve.Thresholds);
        var value = SummaryProto.Value("pr_curves", content, SummaryProto.Floats(curve.ToRows(), 6, curve.Thresholds));
        recorder.LogCustom(TensorBoardRecordKinds.Value, name, value, step);
    }

    /// <summary>Logs a mesh or a cloud of points.</summary>
    /// <param name="recorder">The logger.</param>
    /// <param name="name">The name under which it is shown.</param>
    /// <param name="mesh">The mesh.</param>
    /// <param name="step">The step; null is one more than the largest step of the run so far.</param>
    public static void LogMesh(this IOpenRecorder recorder, string name, MeshData mesh, long? step = null)
    {
        ArgumentNullException.ThrowIfNull(recorder);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(mesh);
        recorder.LogCustom(TensorBoardRecordKinds.Summary, name, SummaryProto.Summary(mesh.ToValues(name)), step);
    }

    /// <summary>Logs vectors for the projector, which shows what it finds in the folder of a run.</summary>
    /// <param name="recorder">The logger.</param>
    /// <param name="name">The name under which they are shown.</param>
    /// <param name="embedding">The vectors.</param>
    /// <param name="step">The step; null is one more than the largest step of the run so far.</param>
    public static void LogEmbedding(this IOpenRecorder recorder, string name, EmbeddingData embedding, long? step = null)
    {
        ArgumentNullException.ThrowIfNull(recorder);
        ArgumentNullException.ThrowIfNull(embedding);
        recorder.LogCustom(TensorBoardRecordKinds.Embedding, name, embedding.ToPayload(), step);
    }

    /// <summary>
    /// Says which charts the CUSTOM SCALARS tab has. The last layout counts; charts of metrics that are logged later fill by themselves.
    /// </summary>
    /// <param name="recorder">The logger.</param>
    /// <param name="categories">The charts, in order.</param>
    /// <remarks>
    /// PyTorch's <c>add_scalars</c>, which makes a run of its own of each line, has no counterpart: log <c>loss/train</c> and
    /// <c>loss/val</c>, and show them in one chart.
    /// </remarks>
    public static void LogScalarCharts(this IOpenRecorder recorder, params IEnumerable<ScalarChartCategory> categories)
    {
        ArgumentNullException.ThrowIfNull(recorder);
        ArgumentNullException.ThrowIfNull(categories);
        var layout = new ProtoWriter();
        foreach (var category in categories)
        {
            layout.Message(2, category.ToMessage());
        }

        var value = SummaryProto.Value("custom_scalars", new ProtoWriter(), SummaryProto.Bytes(layout));
        recorder.LogCustomOfRun(TensorBoardRecordKinds.Value, "custom_scalars__config__", value);
    }

    /// <summary>
    /// Says which columns the HPARAMS tab has, with their types and domains: before the hyperparameters are logged, and in one run of
    /// several that are compared. The first word on it counts.
    /// </summary>
    /// <param name="recorder">The logger.</param>
    /// <param name="hyperparams">The hyperparameters.</param>
    /// <param name="metrics">The metrics by which runs are compared.</param>
    /// <exception cref="ArgumentException">A hyperparameter has both a range and values, or values of several types.</exception>
    public static void DescribeHyperparams(
        this IOpenRecorder recorder, IEnumerable<HyperparameterDomain> hyperparams, IEnumerable<ComparedMetric> metrics)
    {
        ArgumentNullException.ThrowIfNull(recorder);
        ArgumentNullException.ThrowIfNull(hyperparams);
        ArgumentNullException.ThrowIfNull(metrics);
        var experiment = new ProtoWriter();
        foreach (var hyperparam in hyperparams)
        {
            experiment.Message(4, hyperparam.ToMessage());
        }

        foreach (var metric in metrics)
        {
            experiment.Message(5, metric.ToMessage());
        }

        var value = SummaryProto.Value("hparams", new ProtoWriter().Message(2, experiment), tensor: null);
        recorder.LogCustomOfRun(TensorBoardRecordKinds.Value, "_hparams_/experiment", value);
    }
}
