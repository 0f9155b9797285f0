namespace PluginLoggers.TensorBoard.Tests;

/// <summary>
/// A resumed run that goes back to an earlier step has one curve a tag, in either reader of TensorBoard, and no tag loses history.
/// </summary>
public sealed class CurvesTests
{
    [Fact]
    public async Task A_run_that_goes_forward_writes_nothing_more_than_its_points()
    {
        using var run = new ResumedRun();
        await run.Log("loss", 0, 1, 2).End().Resume().Log("loss", 3, 4).End().DeliverAsync();

        run.AssertShown();
        Assert.Equal(2 + 5, run.Records.Count);
    }

    [Fact]
    public async Task A_tag_that_goes_back_has_one_curve_and_the_others_keep_theirs()
    {
        using var run = new ResumedRun();
        await run.Log("loss", 0, 1, 2, 3, 4, 5).Log("samples", 0, 10, 20, 30).Log("epoch", 0, 1).End(RunStatus.Failed)
            .Resume().Log("loss", 3, 4).Log("samples", 40).Log("loss", 5, 6).End().DeliverAsync();

        run.AssertShown();
        Assert.Equal(2, run.Starts);
    }

    [Theory]
    [InlineData(30)]
    [InlineData(31)]
    [InlineData(15)]
    [InlineData(3)]
    [InlineData(1)]
    [InlineData(0)]
    [InlineData(-5)]
    public async Task Another_tag_may_go_back_to_any_other_step(long step)
    {
        using var run = new ResumedRun();
        await run.Log("a", 0, 1, 2, 3, 4, 5).Log("b", 0, 1, 2, 3, 10, 20, 30).Log("c", -9, 2, 40).End()
            .Resume().Log("a", 3, 4).Log("b", step, 50).Log("a", 5).End().DeliverAsync();

        run.AssertShown();
    }

    [Fact]
    public async Task A_point_at_the_last_step_replaces_it()
    {
        using var run = new ResumedRun();
        await run.Log("loss", 0, 1, 2).End().Resume().Log("loss", 2, 3).End().DeliverAsync();

        run.AssertShown();
    }

    [Fact]
    public async Task A_run_may_go_back_again_and_again()
    {
        using var run = new ResumedRun();
        run.Log("a", 0, 1, 2, 3, 4, 5, 6, 7, 8, 9).Log("b", 0, 5, 10).Log("once", 7);
        foreach (var step in (long[])[6, 4, 5, 0, 0, 3])
        {
            run.End().Resume().Log("a", step, step + 1, step + 2);
        }

        await run.End().DeliverAsync();

        run.AssertShown();
    }

    [Fact]
    public async Task A_session_that_breaks_off_is_made_whole_by_the_next()
    {
        using var run = new ResumedRun();
        await run.Log("a", 0, 1, 2, 3).Log("b", 0, 1, 2, 3)
            .Resume().Log("a", 1)
            .Resume().Log("a", 2, 3).End().DeliverAsync();

        run.AssertShown();
    }

    [Fact]
    public async Task Within_a_session_steps_are_written_as_they_come()
    {
        using var run = new ResumedRun();
        await run.Log("a", 0, 2, 1, 2, 0).End().DeliverAsync();

        Assert.Equal([0, 2, 1, 2, 0], run.Records.Skip(2).Select(record => record.Event.Step));
    }

    [Fact]
    public async Task Histograms_are_curves_too_and_come_back_whole()
    {
        using var run = new ResumedRun();
        var histogram = new HistogramData(0, 1, 1, 1, 1, new double[] { 1 }, new double[] { 1 });
        await run.Call(logger => logger.LogHistogram("h", histogram, 5)).Call(logger => logger.LogHistogram("other", histogram, 9)).End()
            .Resume().Call(logger => logger.LogHistogram("h", histogram, 5)).End().DeliverAsync();

        var events = run.Records.Select(record => record.Event).ToList();
        Assert.Equal(["h", "other"], TensorBoardReaders.Python(events).Where(tag => tag.Value.Count == 1).Select(tag => tag.Key).Order());
        Assert.Equal(histogram.Max, events[^1].Summary.Value[0].Histo.Max);
        Assert.Equal("other", events[^1].Summary.Value[0].Tag);
    }

    [Fact]
    public async Task What_each_session_logs_at_step_0_hides_nothing()
    {
        using var run = new ResumedRun();
        run.Log("loss", 0, 1, 2);
        for (var session = 0; session < 3; session++)
        {
            run.Call(logger =>
            {
                logger.LogHyperparams(new Dictionary<string, object?> { ["lr"] = 0.1 }, new Dictionary<string, double> { ["best"] = 0 }, 0);
                logger.LogText("config", "x", 0);
                logger.LogGraph(new GraphData([new GraphNode("a", "A", [])]));
            }).End().Resume();
        }

        await run.Log("loss", 3).End().DeliverAsync();

        Assert.Equal(1, run.Starts);
    }

    [Fact]
    public async Task A_graph_and_hyperparameters_that_are_hidden_come_back()
    {
        using var run = new ResumedRun();
        await run.Call(logger => logger.LogGraph(new GraphData([new GraphNode("a", "A", [])])))
            .Call(logger => logger.LogHyperparams(new Dictionary<string, object?> { ["lr"] = 0.1 }, null, 0))
            .Log("loss", 0, 1).End().Resume().Log("loss", 0).End().DeliverAsync();

        var after = run.Records.Select(record => record.Event).SkipWhile(read => read.SessionLog is null || read.WallTime == 1_700_000_000)
            .ToList();
        Assert.Single(after, read => read.GraphDef.Length > 0);
        Assert.Contains(after, read => read.Summary?.Value[0].Tag == "_hparams_/session_start_info");
    }

    [Fact]
    public async Task Whoever_imports_the_file_gets_each_point_that_was_logged_once()
    {
        using var run = new ResumedRun();
        await run.Log("a", 0, 1, 2, 3).Log("b", 0, 1, 2, 3).End().Resume().Log("a", 1, 2).Log("b", 4).End().DeliverAsync();

        var read = Assert.Single(ImportedRun.ReadAll(run.EventFile)).Value;

        Assert.Equal([0, 1, 2, 3, 1, 2], read.Points.Where(point => point.Tag == "a").Select(point => point.Step));
        Assert.Equal([0, 1, 2, 3, 4], read.Points.Where(point => point.Tag == "b").Select(point => point.Step));
    }

    /// <summary>
    /// Any sessions, any tags, any steps back; delivered whole, and in pieces by instances that break off anywhere: the same bytes, and
    /// what should be shown in both readers.
    /// </summary>
    [Fact]
    public async Task Any_run_in_any_pieces_is_the_same_file_and_shows_one_curve_a_tag()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            using var run = new ResumedRun();
            Fill(run, random);
            await run.DeliverAsync();
            var whole = run.Bytes;
            run.AssertShown();

            for (var attempt = 0; attempt < 3; attempt++)
            {
                await run.DeliverAsync(() => random.Next(4) == 0, () => random.Next(3) == 0);
                Assert.Equal(whole, run.Bytes);
            }
        }
    }

    private static void Fill(ResumedRun run, Random random)
    {
        string[] tags = ["a", "b", "c", "d"];
        var next = tags.ToDictionary(tag => tag, _ => 0L);
        for (var session = random.Next(1, 5); session > 0; session--)
        {
            foreach (var tag in tags)
            {
                next[tag] = Math.Max(-3, next[tag] - (random.Next(3) * random.Next(12)));
            }

            for (var n = random.Next(20); n > 0; n--)
            {
                var tag = tags[random.Next(tags.Length)];
                run.Log(tag, next[tag]);
                next[tag] += random.Next(1, 4);
            }

            if (random.Next(3) > 0)
            {
                run.End(RunStatus.Killed);
            }

            run.Resume();
        }

        run.Log("end", 1000).End();
    }
}
