namespace PluginLoggers.Hosting.Journal.Records;

/// <summary>Number of hyperparameters; of each: name, type, value. Then 0, or 1 and the number of metrics, of each: name, value.</summary>
internal static class HyperparametersRecord
{
    private enum ValueType : byte
    {
        Null,
        False,
        True,
        Integer,
        Float,
        Text,
    }

    /// <param name="body">Where to.</param>
    /// <param name="flat">Names and values as <see cref="Hyperparameters.Flatten"/> gives them.</param>
    /// <param name="metrics">The metrics that came with them; null if none did.</param>
    public static void Write(RecordBuffer body, IReadOnlyDictionary<string, object?> flat, IReadOnlyDictionary<string, double>? metrics)
    {
        body.WriteVarint((uint)flat.Count);
        foreach (var (name, value) in flat)
        {
            body.WriteText(name);
            WriteValue(body, value);
        }

        body.WriteByte(metrics is null ? (byte)0 : (byte)1);
        if (metrics is not null)
        {
            body.WriteVarint((uint)metrics.Count);
            foreach (var (name, value) in metrics)
            {
                body.WriteText(name);
                body.WriteDouble(value);
            }
        }
    }

    public static void Deliver(ref RecordReader body, ILightningLogger logger, long step)
    {
        var hyperparams = new OrderedDictionary<string, object?>(StringComparer.Ordinal);
        for (var left = body.ReadCount(2); left > 0; left--)
        {
            var name = body.ReadText();
            hyperparams[name] = ReadValue(ref body);
        }

        if (body.ReadByte() == 0)
        {
            logger.LogHyperparams(hyperparams, null, step);
            return;
        }

        var metrics = new OrderedDictionary<string, double>(StringComparer.Ordinal);
        for (var left = body.ReadCount(1 + sizeof(double)); left > 0; left--)
        {
            var name = body.ReadText();
            metrics[name] = body.ReadDouble();
        }

        logger.LogHyperparams(hyperparams, metrics, step);
    }

    private static void WriteValue(RecordBuffer body, object? value)
    {
        switch (value)
        {
            case null:
                body.WriteByte((byte)ValueType.Null);
                break;
            case bool flag:
                body.WriteByte((byte)(flag ? ValueType.True : ValueType.False));
                break;
            case long integer:
                body.WriteByte((byte)ValueType.Integer);
                body.WriteZigzag(integer);
                break;
            case double number:
                body.WriteByte((byte)ValueType.Float);
                body.WriteDouble(number);
                break;
            default:
                body.WriteByte((byte)ValueType.Text);
                body.WriteText((string)value);
                break;
        }
    }

    private static object? ReadValue(ref RecordReader body) => (ValueType)body.ReadByte() switch
    {
        ValueType.Null => null,
        ValueType.False => false,
        ValueType.True => true,
        ValueType.Integer => body.ReadZigzag(),
        ValueType.Float => body.ReadDouble(),
        ValueType.Text => body.ReadText(),
        var type => throw new MalformedRecordException($"A hyperparameter in the journal has the unknown type {(byte)type}."),
    };
}
