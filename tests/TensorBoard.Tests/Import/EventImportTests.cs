using Google.Protobuf;
using PluginLoggers.Contract;
using PluginLoggers.TensorBoard.Protos;

namespace PluginLoggers.TensorBoard.Tests;

/// <summary>What other writers write, and the golden cases do not have.</summary>
public sealed class EventImportTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tensorboard-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Values_of_one_event_are_one_call_and_keep_their_order()
    {
        var summary = new Summary { Value = { new Summary.Types.Value { Tag = "a", SimpleValue = 1 }, new Summary.Types.Value { Tag = "b", SimpleValue = 2 } } };

        var call = Assert.Single(Read(new Event { Step = -3, Summary = summary }).Calls);

        var metrics = Assert.IsType<LoggedRecord.Metrics>(call);
        Assert.Equal([new Metric("a", 1), new Metric("b", 2)], metrics.Values);
        Assert.Equal(-3, metrics.Step);
    }

    [Fact]
    public void Embeddings_which_stand_beside_the_events_are_said_to_be_left_out()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "projector_config.pbtxt"), "embeddings { tensor_name: \"words\" }");
        var summary = new Summary { Value = { new Summary.Types.Value { Tag = "a", SimpleValue = 1 } } };

        Assert.Equal(["the projector's embeddings"], Read(new Event { Summary = summary }).Skipped);
    }

    [Fact]
    public void Tensors_of_any_type_of_number_are_scalars()
    {
        var tensors = new List<TensorProto>
        {
            new() { Dtype = DataType.DtFloat, FloatVal = { 1.5f } },
            new() { Dtype = DataType.DtDouble, DoubleVal = { 0.1 } },
            new() { Dtype = DataType.DtInt32, IntVal = { -7 } },
            new() { Dtype = DataType.DtInt64, Int64Val = { 1L << 40 } },
            new() { Dtype = DataType.DtUint64, Uint64Val = { ulong.MaxValue } },
            new() { Dtype = DataType.DtBool, BoolVal = { true } },
            new() { Dtype = DataType.DtHalf, HalfVal = { 0x3C00 } },
            new() { Dtype = DataType.DtBfloat16, HalfVal = { 0x4000 } },
            new() { Dtype = DataType.DtDouble, TensorContent = ByteString.CopyFrom(BitConverter.GetBytes(0.25)) },
            new() { Dtype = DataType.DtUint8, TensorContent = ByteString.CopyFrom(200) },
        };
        var shaped = EventFileMaker.Tensor(DataType.DtFloat, 1, 1);
        shaped.FloatVal.Add(9);
        tensors.Add(shaped);

        var read = Read(tensors.Select(tensor => EventFileMaker.Tensor("t", "scalars", tensor)));

        Assert.Equal(
            [1.5, 0.1, -7, 1L << 40, ulong.MaxValue, 1, 1, 2, 0.25, 200, 9],
            read.Calls.Cast<LoggedRecord.Metrics>().Select(call => Assert.Single(call.Values).Value));
    }

    [Fact]
    public void Only_the_first_value_of_a_tag_needs_to_say_what_it_is()
    {
        var bare = EventFileMaker.Of(
            new Summary.Types.Value { Tag = "t", Tensor = new TensorProto { Dtype = DataType.DtFloat, FloatVal = { 2 } } }, step: 1);

        var read = Read(EventFileMaker.Tensor("t", "scalars", new TensorProto { Dtype = DataType.DtFloat, FloatVal = { 1 } }), bare);

        Assert.Equal([SeenPoint.Scalar(1), SeenPoint.Scalar(2)], read.Points.Select(point => point.Value));
    }

    [Fact]
    public void A_histogram_of_TensorFlow_2_is_one_of_ours()
    {
        var tensor = EventFileMaker.Tensor(DataType.DtDouble, 2, 3);
        tensor.DoubleVal.AddRange([0, 1, 3, 1, 3, 1]);
        var same = EventFileMaker.Tensor(DataType.DtFloat, 3, 3);
        same.FloatVal.AddRange([5, 5, 0, 5, 5, 0, 5, 5, 8]);
        var empty = EventFileMaker.Tensor(DataType.DtFloat, 0, 3);

        var read = Read(new[] { tensor, same, empty }.Select(made => EventFileMaker.Tensor("h", "histograms", made)));

        var histograms = read.Calls.Cast<LoggedRecord.Histogram>().Select(call => call.Value).ToList();
        Assert.Equal(
            (0, 3, 4, 3.5, 4.75),
            (histograms[0].Min, histograms[0].Max, histograms[0].Count, histograms[0].Sum, histograms[0].SumOfSquares));
        Assert.Equal([1, 3], histograms[0].BucketLimits.ToArray());
        Assert.Equal([3, 1], histograms[0].BucketCounts.ToArray());
        Assert.Equal((5, 5, 8), (histograms[1].Min, histograms[1].Max, Assert.Single(histograms[1].BucketCounts.ToArray())));
        Assert.Equal((0, 0), (histograms[2].Count, histograms[2].BucketLimits.Length));
    }

    [Fact]
    public void A_tensor_that_does_not_fill_its_shape_is_none_of_these_and_takes_no_memory_for_it()
    {
        var histogram = EventFileMaker.Tensor(DataType.DtFloat, 1L << 40, 3);
        histogram.FloatVal.AddRange([0, 1, 3]);
        var scalar = EventFileMaker.Tensor(DataType.DtFloat, int.MaxValue, int.MaxValue, 4);
        scalar.FloatVal.Add(1);

        var read = Read(EventFileMaker.Tensor("h", "histograms", histogram), EventFileMaker.Tensor("s", "scalars", scalar));

        Assert.Equal(["h", "s"], read.Calls.Cast<LoggedRecord.Custom>().Select(call => call.Name));
    }

    [Fact]
    public void A_histogram_of_torch_keeps_every_number()
    {
        var written = new HistogramProto { Min = -1, Max = 2, Num = 5, Sum = 4.5, SumSquares = 6.25, BucketLimit = { -1, 0, 2 }, Bucket = { 1, 0, 4 } };

        var read = Read(EventFileMaker.Of(new Summary.Types.Value { Tag = "h", Histo = written }, step: 4));

        var call = Assert.IsType<LoggedRecord.Histogram>(Assert.Single(read.Calls));
        Assert.Equal(
            ("h", 4, -1, 2, 5, 4.5, 6.25),
            (call.Name, call.Step, call.Value.Min, call.Value.Max, call.Value.Count, call.Value.Sum, call.Value.SumOfSquares));
        Assert.Equal([-1, 0, 2], call.Value.BucketLimits.ToArray());
    }

    [Fact]
    public void Images_and_sounds_in_tensors_are_images_and_sounds()
    {
        var png = ByteString.CopyFrom(ImageData.FromPixels(new byte[12], 2, 2).Encoded.Span);
        var wav = ByteString.CopyFrom(AudioData.FromSamples(new float[10], 8000).Wav.Span);
        var one = EventFileMaker.Tensor(DataType.DtString, 3);
        one.StringVal.AddRange([ByteString.CopyFromUtf8("2"), ByteString.CopyFromUtf8("2"), png]);
        var two = EventFileMaker.Tensor(DataType.DtString, 4);
        two.StringVal.AddRange([.. one.StringVal, png]);
        var sound = EventFileMaker.Tensor(DataType.DtString, 1, 2);
        sound.StringVal.AddRange([wav, ByteString.CopyFromUtf8("label")]);

        var read = Read(
            EventFileMaker.Tensor("one", "images", one),
            EventFileMaker.Tensor("two", "images", two),
            EventFileMaker.Tensor("snd", "audio", sound));

        Assert.Equal(["one", "two/0", "two/1", "snd"], read.Points.Select(point => point.Tag));
        Assert.Equal(SeenPoint.Image(2, 2, png.Length), read.Points[0].Value);
        Assert.Equal(SeenPoint.Audio(8000, 1, 10, wav.Length), read.Points[3].Value);
    }

    [Fact]
    public void What_the_contract_has_no_form_for_is_an_open_record_that_is_complete_by_itself()
    {
        var webp = new Summary.Types.Value { Tag = "i", Image = new Summary.Types.Image { Height = 1, Width = 1, EncodedImageString = ByteString.CopyFromUtf8("RIFF....WEBP") } };
        var vector = EventFileMaker.Tensor(DataType.DtFloat, 2);
        vector.FloatVal.AddRange([1, 2]);
        var table = EventFileMaker.Tensor(DataType.DtString, 2);
        table.StringVal.AddRange([ByteString.CopyFromUtf8("a"), ByteString.CopyFromUtf8("b")]);

        var read = Read(
            EventFileMaker.Of(webp),
            EventFileMaker.Tensor("v", "unknown", vector),
            EventFileMaker.Of(new Summary.Types.Value { Tag = "v", Tensor = vector }, step: 1),
            EventFileMaker.Tensor("t", "text", table));

        var records = read.Calls.Cast<LoggedRecord.Custom>().ToList();
        Assert.All(records, record => Assert.Equal(TensorBoardRecordKinds.Value, record.Kind));
        var values = records.ConvertAll(record => Summary.Types.Value.Parser.ParseFrom(record.Payload.Span));
        Assert.Equal(webp, values[0]);
        Assert.Equal(["unknown", "unknown", "text"], values.Skip(1).Select(value => value.Metadata.PluginData.PluginName));
        Assert.Equal([0L, 0, 1, 0], records.Select(record => record.Step));
    }

    [Fact]
    public void What_nobody_can_take_is_counted()
    {
        var read = Read(
            new Event { LogMessage = new LogMessage { Message = "x" } },
            new Event { TaggedRunMetadata = new TaggedRunMetadata { Tag = "x" } },
            new Event { MetaGraphDef = ByteString.CopyFromUtf8("x") },
            EventFileMaker.Of(new Summary.Types.Value { Tag = "x" }),
            EventFileMaker.Of(new Summary.Types.Value { Tag = "x", ObsoleteOldStyleHistogram = ByteString.CopyFromUtf8("x") }),
            EventFileMaker.Scalar(new string('x', RecordLimits.MaxNameBytes + 1), 0, 1),
            new Event { FileVersion = "brain.Event:2" },
            new Event { SessionLog = new SessionLog { Status = SessionLog.Types.SessionStatus.Start } },
            new Event());

        Assert.Empty(read.Calls);
        Assert.Empty(read.Damage);
        Assert.Equal(6, read.Skipped.Distinct().Count());
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(1e300)]
    [InlineData(-1e12)]
    public void A_wall_time_that_is_no_date_is_none(double wallTime)
    {
        var read = Read(EventFileMaker.Scalar("x", 1, 2, wallTime));

        Assert.Null(read.Time);
        Assert.Single(read.Points);
        Assert.Single(read.Skipped);
    }

    [Fact]
    public void A_session_that_failed_is_a_run_that_failed_and_the_first_word_counts()
    {
        var read = Read(End(Status.Failure), End(Status.Success));

        Assert.Equal(RunStatus.Failed, read.Status);
        Assert.Empty(read.Calls);

        static Event End(Status status) => EventFileMaker.Of(new Summary.Types.Value
        {
            Tag = "_hparams_/session_end_info",
            Metadata = SummaryValues.Metadata(
                "hparams", new HParamsPluginData { SessionEndInfo = new SessionEndInfo { Status = status } }.ToByteString()),
        });
    }

    [Fact]
    public void A_damaged_file_gives_what_is_whole_and_the_next_one_is_read()
    {
        var first = EventFileMaker.Bytes(
            EventFileMaker.Scalar("x", 0, 1), EventFileMaker.Scalar("x", 1, 1), EventFileMaker.Scalar("x", 2, 1));
        first[^1] ^= 1;
        File.WriteAllBytes(Path.Combine(_folder.FullName, "tfevents.1"), first);
        File.WriteAllBytes(Path.Combine(_folder.FullName, "tfevents.2"), EventFileMaker.Bytes(EventFileMaker.Scalar("x", 3, 1)));

        var read = Assert.Single(ImportedRun.ReadAll(_folder.FullName)).Value;

        Assert.Equal([0, 1, 3], read.Points.Select(point => point.Step));
        var (file, offset, reason) = Assert.Single(read.Damage);
        Assert.Equal(("tfevents.1", first.Length * 2 / 3), (file, (int)offset));
        Assert.Contains("checksum", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_no_graph_and_no_hyperparameters_are_damage_and_the_rest_is_read()
    {
        var bad = ByteString.CopyFrom(0x0A, 0xFF, 0xFF);

        var read = Read(
            new Event { GraphDef = bad },
            EventFileMaker.Of(
                new Summary.Types.Value { Tag = "_hparams_/session_start_info", Metadata = SummaryValues.Metadata("hparams", bad) }),
            EventFileMaker.Scalar("x", 7, 1));

        Assert.Equal(7, Assert.Single(read.Points).Step);
        Assert.Equal(2, read.Damage.Count);
    }

    [Fact]
    public void A_file_that_has_grown_gives_the_same_calls_and_then_more()
    {
        var golden = File.ReadAllBytes(GoldenCase.FileOf("pl_tb_default"));
        var path = Path.Combine(_folder.FullName, "tfevents");
        File.WriteAllBytes(path, golden);
        var whole = Assert.Single(ImportedRun.ReadAll(path)).Value.Points;

        foreach (var record in DecodedRecord.Read(golden))
        {
            File.WriteAllBytes(path, golden[..(int)record.Offset]);
            var points = Assert.Single(ImportedRun.ReadAll(path)).Value.Points;
            Assert.Equal(whole.Take(points.Count), points);
        }
    }

    [Fact]
    public void A_cancelled_reading_ends()
    {
        var path = GoldenCase.FileOf("scalars_basic");
        using var target = ImportedRun.Read(Assert.Single(new TensorBoardPlugin().FindRuns(path)));

        Assert.Throws<OperationCanceledException>(
            () => new TensorBoardPlugin().FindRuns(path)[0].ReadTo(target, new CancellationToken(canceled: true)));
    }

    private ImportedRun Read(params IEnumerable<Event> events)
    {
        var path = Path.Combine(_folder.FullName, "events.out.tfevents.1");
        File.WriteAllBytes(path, EventFileMaker.Bytes(events));
        return Assert.Single(ImportedRun.ReadAll(path)).Value;
    }
}
