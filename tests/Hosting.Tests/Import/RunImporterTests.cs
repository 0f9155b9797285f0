using PluginLoggers.Contract;
using PluginLoggers.Hosting.Configuration;
using PluginLoggers.Hosting.Plugins;
using PluginLoggers.Hosting.Runs;

namespace PluginLoggers.Hosting.Tests.Import;

public sealed class RunImporterTests : IDisposable
{
    private const string Recorder = "\"r\": { \"Type\": \"Recording\" }";

    private readonly Lab _lab = new();
    private readonly SourcePlugin _plugin = new();
    private readonly DirectoryInfo _place = Directory.CreateTempSubdirectory("pluginloggers-source-");

    public void Dispose()
    {
        _lab.Dispose();
        _place.Delete(recursive: true);
    }

    [Fact]
    public async Task A_run_is_delivered_with_its_steps_and_times_and_ends_when_its_source_did()
    {
        _plugin.Runs.Add(TestSource.OfSteps(3));

        var imported = await ImportAsync();

        Assert.Equal((3, 3, true, true), (imported.Calls, imported.NewCalls, imported.IsWhole, imported.IsDelivered));
        Assert.Equal([0, 1, 2], _lab.Recording.Steps("r"));
        Assert.Equal([0, 1, 2], _lab.Recording.Saved("r").Select(record => (record.Time - TestSource.Start).TotalSeconds));
        Assert.Equal([RunStatus.Finished], _lab.Recording.Statuses("r"));
        Assert.Equal((TestSource.Start, TestSource.Start.AddSeconds(2)), (imported.Run!.Created, imported.Run.Ended));
        Assert.Equal(TestSource.Start, _lab.Recording.ContextOf("r").StartTime);
    }

    [Fact]
    public async Task Imported_again_nothing_is_there_twice()
    {
        _plugin.Runs.Add(TestSource.OfSteps(5));
        var first = await ImportAsync();

        for (var i = 0; i < 2; i++)
        {
            var again = await ImportAsync();
            Assert.Equal((5, 0), (again.Calls, again.NewCalls));
            Assert.Equal(first.Run!.RunId, again.Run!.RunId);
            Assert.Equal((first.Run.Created, first.Run.Ended, RunStatus.Finished), (again.Run.Created, again.Run.Ended, again.Run.Status));
        }

        Assert.Equal([0, 1, 2, 3, 4], _lab.Recording.Steps("r"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"Journal\": \"Delete\"")]
    public async Task A_source_that_has_grown_brings_what_is_new(string settings)
    {
        var source = TestSource.OfSteps(2);
        _plugin.Runs.Add(source);
        for (var i = 0; i < 3; i++)
        {
            await ImportAsync(settings);
            source.Grow(2);
        }

        var last = await ImportAsync(settings);

        Assert.Equal((8, 2, true), (last.Calls, last.NewCalls, last.IsWhole));
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7], _lab.Recording.Steps("r"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"Journal\": \"Delete\"")]
    public async Task An_import_that_was_cancelled_goes_on_where_it_stopped(string settings)
    {
        var source = TestSource.OfSteps(6);
        _plugin.Runs.Add(source);
        using var cancelled = new CancellationTokenSource();
        source.Calls[3] = (Action<IImportTarget>)(_ => cancelled.Cancel()) + source.Calls[3];
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ImportAsync(settings, cancelled.Token));
        Assert.Equal(RunStatus.Killed, Record().Status);

        var imported = await ImportAsync(settings);

        Assert.Equal((6, 2), (imported.Calls, imported.NewCalls));
        Assert.Equal([0, 1, 2, 3, 4, 5], _lab.Recording.Steps("r"));
        Assert.Equal(RunStatus.Finished, imported.Run!.Status);
    }

    [Fact]
    public async Task A_source_that_was_written_anew_continues_nothing()
    {
        _plugin.Runs.Add(TestSource.OfSteps(3));
        await ImportAsync();
        _plugin.Runs[0] = TestSource.OfSteps(9, factor: 2);

        var imported = await ImportAsync();

        Assert.Contains("call 2 differs", imported.Failure, StringComparison.Ordinal);
        Assert.Contains("Run:Name", imported.Failure, StringComparison.Ordinal);
        Assert.Equal([0, 1, 2], _lab.Recording.Steps("r"));
        Assert.Equal(RunStatus.Finished, imported.Run!.Status);
    }

    [Fact]
    public async Task A_source_that_has_lost_something_is_told()
    {
        _plugin.Runs.Add(TestSource.OfSteps(3));
        await ImportAsync();
        _plugin.Runs[0].Calls.RemoveAt(2);

        Assert.Contains("holds less", (await ImportAsync()).Failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_source_of_the_same_name_continues_nothing()
    {
        _plugin.Runs.Add(TestSource.OfSteps(3));
        await ImportAsync();
        var other = Directory.CreateDirectory(Path.Combine(_place.FullName, "other", _place.Name)).FullName;

        var imported = await Importer().ImportAsync(Assert.Single(Importer().Find(other, "digits").Runs));

        Assert.Contains("was imported from", imported.Failure, StringComparison.Ordinal);
        Assert.Null(imported.Run);
        Assert.Equal([0, 1, 2], _lab.Recording.Steps("r"));
    }

    [Fact]
    public async Task A_run_that_was_not_imported_is_not_continued()
    {
        await using (var run = _lab.Open(Recorder, $"\"Version\": \"{_place.Name}\""))
        {
            run.LogMetric("loss", 1, step: 0);
            await run.FinalizeAsync(RunStatus.Finished);
        }

        _plugin.Runs.Add(TestSource.OfSteps(3));

        Assert.Contains("was not imported", (await ImportAsync()).Failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_with_files_of_something_else_is_left_as_it_is()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_lab.SaveDir, "digits", _place.Name)).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "metrics.csv"), "precious");
        _plugin.Runs.Add(TestSource.OfSteps(3));

        var imported = await ImportAsync();

        Assert.Contains("something else", imported.Failure, StringComparison.Ordinal);
        Assert.Equal([Path.Combine(folder, "metrics.csv")], Directory.GetFileSystemEntries(folder));
    }

    [Fact]
    public async Task What_a_source_cannot_read_and_what_nobody_can_take_is_counted()
    {
        var source = TestSource.OfSteps(1);
        source.Calls.Add(target => target.ReportDamage("file", 17, "is torn"));
        source.Calls.Add(target => target.ReportSkipped("figures"));
        source.Calls.Add(target => target.Logger.LogText(new string('x', RecordLimits.MaxNameBytes + 1), "text", 0));
        source.Grow(1);
        _plugin.Runs.Add(source);
        for (var i = 0; i < 2; i++)
        {
            var imported = await ImportAsync();

            Assert.Equal(new ImportDamage("file", 17, "is torn"), Assert.Single(imported.Damages));
            Assert.Equal((1, false), (imported.DamageCount, imported.IsWhole));
            Assert.Equal([1L, 1L], imported.Skipped.Values);
            Assert.Equal((2, i == 0 ? 2 : 0), (imported.Calls, imported.NewCalls));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_plug_in_that_fails_fails_the_run_and_what_it_read_is_kept(bool byTimeout)
    {
        var source = TestSource.OfSteps(2);
        source.Calls.Add(
            _ => throw (byTimeout ? new TaskCanceledException("no luck") : (Exception)new InvalidOperationException("no luck")));
        _plugin.Runs.Add(source);

        var imported = await ImportAsync();

        Assert.Contains("no luck", imported.Failure, StringComparison.Ordinal);
        Assert.Equal((RunStatus.Failed, 2), (imported.Run!.Status, imported.NewCalls));
        Assert.Equal([0, 1], _lab.Recording.Steps("r"));
    }

    [Fact]
    public async Task Secrets_are_kept_out()
    {
        var source = new TestSource();
        source.Calls.Add(target => target.Logger.LogHyperparams(new Dictionary<string, object?> { ["api_key"] = "hunter2", ["lr"] = 0.1 }));
        _plugin.Runs.Add(source);
        await ImportAsync();

        Assert.Equal(0, (await ImportAsync()).NewCalls);
        var saved = Assert.Single(_lab.Recording.Saved("r").OfType<LoggedRecord.Hyperparams>());
        Assert.DoesNotContain("hunter2", saved.Values.Values);
        Assert.Equal(0.1, saved.Values["lr"]);
    }

    [Fact]
    public async Task Without_times_the_clock_says_when_it_was_imported()
    {
        var source = new TestSource();
        source.Calls.Add(target => target.Logger.LogMetrics([new("loss", 1)], 0));
        _plugin.Runs.Add(source);
        var before = TimeProvider.System.GetUtcNow();

        await ImportAsync();

        Assert.InRange(Assert.Single(_lab.Recording.Saved("r")).Time, before, TimeProvider.System.GetUtcNow());
    }

    [Fact]
    public void Of_two_formats_in_a_folder_the_richer_one_is_read_and_the_other_told()
    {
        _plugin.Runs.Add(TestSource.OfSteps(1));

        var found = Importer(new PoorSourcePlugin()).Find(_place.FullName);

        Assert.Equal("Source", Assert.Single(found.Runs).Format);
        Assert.Contains("what APoorSource would read there is left out", Assert.Single(found.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_of_this_program_is_not_imported()
    {
        _plugin.Runs.Add(TestSource.OfSteps(1));
        var run = (await ImportAsync()).Run!;

        var found = Importer().Find(run.Directory);

        Assert.Empty(found.Runs);
        Assert.Contains("replay", Assert.Single(found.Notes), StringComparison.Ordinal);
    }

    private RunRecord Record() =>
        RunRecord.Read(Path.Combine(_lab.SaveDir, "digits", _place.Name, RunFolder.StateFolder, "run.json"));

    private async Task<ImportedRun> ImportAsync(string settings = "", CancellationToken cancellationToken = default)
    {
        var importer = Importer(null, settings);
        return await importer.ImportAsync(Assert.Single(importer.Find(_place.FullName, "digits").Runs), null, cancellationToken);
    }

    private RunImporter Importer(ILoggerPlugin? other = null, string settings = "") => new(
        LoggersConfiguration.Read(_lab.Configuration(Recorder, settings), _ =>
        {
            var catalog = new PluginCatalog();
            foreach (var plugin in new[] { other, _plugin, _lab.Recording }.OfType<ILoggerPlugin>())
            {
                catalog.Add(plugin);
            }

            return catalog;
        }),
        _lab);
}
