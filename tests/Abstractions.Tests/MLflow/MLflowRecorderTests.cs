using System.Text;

namespace PluginLoggers.Abstractions.Tests.MLflow;

public sealed class MLflowRecorderTests
{
    private readonly Recorder _recorder = new();

    [Fact]
    public void A_table_is_JSON_by_columns_and_rows()
    {
        _recorder.LogTable("t", new TableData(["a", "b"], [[1, 0.5f], [null, double.NaN], [true, "größe \"1\""]]), 7);
        Assert.Equal((MLflowRecordKinds.Table, "t", 7L), (_recorder.Kind, _recorder.Name, _recorder.Step));
        Assert.Equal("""{"columns":["a","b"],"data":[[1,0.5],[null,null],[true,"größe \"1\""]]}""", _recorder.Payload);
    }

    [Fact]
    public void A_table_that_is_none_is_refused_with_the_place()
    {
        Assert.Throws<ArgumentException>(() => new TableData([], []));
        Assert.Throws<ArgumentException>(() => new TableData(["a", "a"], []));
        Assert.Contains(
            "Row 1", Assert.Throws<ArgumentException>(() => new TableData(["a"], [[1], [1, 2]])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dataset_makes_no_step_and_a_path_becomes_a_source()
    {
        _recorder.LogDataset(new DatasetInfo("digits") { Digest = "d1", Source = "C:\\data \"x\"" });
        Assert.Equal((MLflowRecordKinds.Dataset, "digits", 0L), (_recorder.Kind, _recorder.Name, _recorder.Step));
        Assert.Equal("""{"digest":"d1","source_type":"local","source":"{\"uri\":\"C:\\\\data \\\"x\\\"\"}"}""", _recorder.Payload);
    }

    [Fact]
    public void Without_a_digest_it_is_of_what_else_is_known()
    {
        var digits = new DatasetInfo("digits") { Source = "a" };
        Assert.Equal(Logged(digits), Logged(digits with { }));
        Assert.NotEqual(Logged(digits), Logged(digits with { Profile = "{}" }));
        string Logged(DatasetInfo dataset)
        {
            _recorder.LogDataset(dataset);
            return _recorder.Payload;
        }
    }

    public static TheoryData<DatasetInfo> Mistakes =>
    [
        new DatasetInfo(""),
        new DatasetInfo(new string('n', 501)),
        new DatasetInfo("d") { Digest = new string('d', 37) },
        new DatasetInfo("d") { Schema = "no JSON" },
        new DatasetInfo("d") { Profile = "[1]" },
        new DatasetInfo("d") { Source = new string('s', 65_536) },
    ];

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void What_no_server_takes_is_refused_at_once(DatasetInfo dataset) =>
        Assert.Throws<ArgumentException>(() => _recorder.LogDataset(dataset));

    private sealed class Recorder : IOpenRecorder
    {
        public string? Kind { get; private set; }

        public string? Name { get; private set; }

        public string Payload { get; private set; } = "";

        public long? Step { get; private set; }

        public void LogCustom(string kind, string name, ReadOnlySpan<byte> payload, long? step = null) =>
            (Kind, Name, Payload, Step) = (kind, name, Encoding.UTF8.GetString(payload), step);
    }
}
