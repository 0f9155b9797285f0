using Xunit;

namespace PluginLoggers.Contract;

public abstract partial class LightningLoggerContractTests
{
    private static readonly MetricsCall[] Early = [MetricsCall.Of(0, "loss", 1), new(1, 1, new("loss", 0.5), new("acc", 0.25))];

    private static readonly MetricsCall[] Late =
        [MetricsCall.Of(2, "loss", 0.25), new(3, 3, new("loss", 0.125), new("late", 7)), MetricsCall.Of(4, "acc", 0.75)];

    [SkippableFact]
    public virtual async Task A_later_instance_continues_at_the_bookmark()
    {
        var run = NewRun();
        string bookmark;
        await using (var first = Create(run))
        {
            Deliver(first, Early);
            await first.SaveAsync();
            bookmark = Bookmark(first);
        }

        await DeliverAll(Again(run, bookmark), Late);
        AssertHolds(run, [.. Early, .. Late]);
    }

    [SkippableFact]
    public virtual async Task What_was_given_but_not_saved_before_a_crash_is_there_once_after_it()
    {
        var run = NewRun();
        string bookmark;
        await using (var first = Create(run))
        {
            Deliver(first, Early);
            await first.SaveAsync();
            bookmark = Bookmark(first);
            Deliver(first, Late);
        }

        await DeliverAll(Again(run, bookmark), Late);
        AssertHolds(run, [.. Early, .. Late]);
    }

    [SkippableFact]
    public virtual async Task What_was_saved_but_not_bookmarked_before_a_crash_is_there_once_after_it()
    {
        var run = NewRun();
        string bookmark;
        await using (var first = Create(run))
        {
            Deliver(first, Early);
            await first.SaveAsync();
            bookmark = Bookmark(first);
            Deliver(first, Late);
            await first.SaveAsync();
        }

        await DeliverAll(Again(run, bookmark), Late);
        AssertHolds(run, [.. Early, .. Late]);
    }

    [SkippableFact]
    public virtual async Task A_crash_at_any_save_leaves_the_output_of_a_run_without_one()
    {
        var odd = MetricsCall.Of(5, "loss", double.NaN);
        odd = await Accepts(NewRun(), odd) ? odd : MetricsCall.Of(5, "loss", 0);
        MetricsCall[] calls = [.. Early, .. Late, odd, MetricsCall.Of(6, "last", -1)];
        var undisturbed = NewRun();
        await using (var logger = Create(undisturbed))
        {
            foreach (var call in calls)
            {
                Deliver(logger, call);
                await logger.SaveAsync();
            }
        }

        for (var crash = 1; crash <= calls.Length; crash++)
        {
            // The folder and the id are the undisturbed run's, so that the bytes can be compared; null begins it anew.
            var expected = OutputFolder.Read(undisturbed.OutputDirectory);
            var run = Again(undisturbed, bookmark: null);
            var bookmark = "";
            await using (var first = Create(run))
            {
                for (var i = 0; i < crash; i++)
                {
                    bookmark = first.Bookmark;
                    Deliver(first, calls[i]);
                    await first.SaveAsync();
                    _ = Bookmark(first);
                }
            }

            await using (var second = Create(Again(run, bookmark)))
            {
                foreach (var call in calls[(crash - 1)..])
                {
                    Deliver(second, call);
                    await second.SaveAsync();
                }
            }

            AssertHolds(run, calls);
            Assert.Equal(expected, OutputFolder.Read(run.OutputDirectory));
        }
    }

    [SkippableFact]
    public virtual async Task A_save_that_was_cut_off_in_the_middle_is_made_good()
    {
        MetricsCall[] late = [.. Enumerable.Range(2, 10).Select(i => new MetricsCall(i, i, new("loss", 1.0 / i), new("acc", i)))];
        for (var quarters = 1; quarters <= 3; quarters++)
        {
            var run = NewRun();
            string bookmark;
            SortedDictionary<string, string> before, after;
            await using (var first = Create(run))
            {
                Deliver(first, Early);
                await first.SaveAsync();
                bookmark = Bookmark(first);
                before = OutputFolder.Read(run.OutputDirectory);
                Deliver(first, late);
                await first.SaveAsync();
                after = OutputFolder.Read(run.OutputDirectory);
            }

            // A file that was replaced and not appended to is whole before and after: there is no middle to it.
            var grown = before.Where(file => after.GetValueOrDefault(file.Key, "").StartsWith(file.Value, StringComparison.Ordinal));
            foreach (var (name, start) in grown)
            {
                using var file = new FileStream(Path.Combine(run.OutputDirectory, name), FileMode.Open);
                file.SetLength(start.Length + ((after[name].Length - start.Length) * quarters / 4));
            }

            await DeliverAll(Again(run, bookmark), late);
            AssertHolds(run, [.. Early, .. late]);
            Assert.Equal(after, OutputFolder.Read(run.OutputDirectory));
        }
    }

    [SkippableFact]
    public virtual async Task A_second_crash_during_recovery_changes_nothing()
    {
        var run = NewRun();
        string bookmark;
        await using (var first = Create(run))
        {
            Deliver(first, Early);
            await first.SaveAsync();
            bookmark = Bookmark(first);
            Deliver(first, Late);
            await first.SaveAsync();
        }

        await using (var second = Create(Again(run, bookmark)))
        {
            Deliver(second, Late.AsSpan(0, 1));
        }

        await using (var third = Create(Again(run, bookmark)))
        {
            Deliver(third, Late.AsSpan(0, 2));
            await third.SaveAsync();
        }

        await DeliverAll(Again(run, bookmark), Late);
        AssertHolds(run, [.. Early, .. Late]);
    }

    [SkippableFact]
    public virtual async Task Without_a_bookmark_an_instance_begins_anew()
    {
        var run = NewRun();
        await using (var first = Create(run))
        {
            Deliver(first, [.. Early, .. Late]);
            await first.SaveAsync();
            _ = Bookmark(first);
        }

        await DeliverAll(Again(run, bookmark: null), [.. Early, .. Late]);
        AssertHolds(run, [.. Early, .. Late]);
    }

    [SkippableFact]
    public virtual async Task An_instance_created_from_a_bookmark_touches_nothing_before_it_saves()
    {
        var run = NewRun();
        string bookmark;
        await using (var first = Create(run))
        {
            Deliver(first, Early);
            await first.SaveAsync();
            bookmark = Bookmark(first);
            Deliver(first, Late);
            await first.SaveAsync();
        }

        var files = _folder.Read();
        await using (var second = Create(Again(run, bookmark)))
        {
            Deliver(second, Late);
        }

        Assert.Equal(files, _folder.Read());
    }

    [SkippableFact]
    public virtual async Task A_bookmark_stays_short()
    {
        var run = NewRun();
        await using var logger = Create(run);
        for (var i = 0; i < 200; i++)
        {
            Deliver(logger, MetricsCall.Of(i, $"layer{i}/gradient_norm", i));
            await logger.SaveAsync();
        }

        Assert.InRange(Bookmark(logger).Length, 1, 4096);
        await DeliverAll(Again(run, logger.Bookmark), MetricsCall.Of(200, "loss", 1));
        AssertHolds(
            run,
            [.. Enumerable.Range(0, 200).Select(i => MetricsCall.Of(i, $"layer{i}/gradient_norm", i)), MetricsCall.Of(200, "loss", 1)]);
    }

    [SkippableFact]
    public virtual async Task Output_that_is_gone_is_an_error_and_is_not_continued_in_silence()
    {
        var run = NewRun();
        string bookmark;
        await using (var first = Create(run))
        {
            Deliver(first, Early);
            await first.SaveAsync();
            bookmark = Bookmark(first);
        }

        if (!Directory.Exists(run.OutputDirectory))
        {
            Skip.Because("This backend writes no files.");
        }

        Directory.Delete(run.OutputDirectory, recursive: true);

        // Of this type alone, so that a host begins anew: it would try all others again, for ever.
        await Assert.ThrowsAsync<InvalidDataException>(() => DeliverAll(Again(run, bookmark), Late));

        await DeliverAll(Again(run, bookmark: null), [.. Early, .. Late]);
        AssertHolds(run, [.. Early, .. Late]);
    }
}
