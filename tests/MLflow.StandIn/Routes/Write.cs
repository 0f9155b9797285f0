namespace PluginLoggers.MLflow.StandIn;

/// <summary>Writes params and tags.</summary>
internal static class Write
{
    /// <summary>All, or none if one of them has another value already.</summary>
    public static void Params(StoredRun run, IReadOnlyList<Message> requested)
    {
        var pairs = requested.Select(param => KeyValuePair.Create(param.Text("key"), LongValuesAreCut.Param(param.Text("value"))))
            .ToArray();
        var changed = pairs.Where(pair => run.ParamTable.TryGetValue(pair.Key, out var old) && old != pair.Value).ToArray();
        if (changed.Length > 0)
        {
            var list = changed.Select(
                pair => $"{{'key': '{pair.Key}', 'old_value': '{run.ParamTable[pair.Key]}', 'new_value': '{pair.Value}'}}");
            throw ApiException.Invalid(
                $"Changing param values is not allowed. Params were already logged='[{string.Join(", ", list)}]' for run ID='{run.Id}'.");
        }

        foreach (var (key, value) in pairs)
        {
            run.ParamTable[key] = value;
        }
    }

    /// <summary>The last value counts; the tag with the run's name renames the run.</summary>
    public static void Tag(StoredRun run, Message tag)
    {
        run.TagTable[tag.Text("key")] = LongValuesAreCut.Tag(tag.Text("value"));
        if (tag.Text("key") == "mlflow.runName")
        {
            run.Name = tag.Text("value");
        }
    }
}
