using Xunit;

namespace PluginLoggers.Contract;

public abstract partial class LightningLoggerContractTests
{
    private static readonly Dictionary<string, string> NamesByWhatTheyAre = new()
    {
        ["empty"] = "",
        ["a space"] = " ",
        ["a newline"] = "line\nbreak",
        ["a carriage return"] = "line\r\nbreak",
        ["a tab"] = "tab\tstop",
        ["a NUL"] = "nul\0char",
        ["a quote"] = "say \"loss\"",
        ["an apostrophe"] = "it's",
        ["a comma"] = "a,b",
        ["a semicolon"] = "a;b",
        ["an equals sign"] = "=1+1",
        ["a hash"] = "# loss",
        ["a percent sign"] = "100%",
        ["a question mark"] = "loss?x=1&y=2",
        ["brackets"] = "{loss} [1] <b>",
        ["an emoji"] = "loss 🚀",
        ["other scripts"] = "ошибка/損失",
        ["a composed letter"] = "\u00e9",
        ["a decomposed letter"] = "e\u0301",
        ["a slash"] = "a/b",
        ["a dash for the slash"] = "a-b",
        ["an underscore for the slash"] = "a_b",
        ["a dot for the slash"] = "a.b",
        ["a colon for the slash"] = "a:b",
        ["a backslash"] = "a\\b",
        ["a slash at the end"] = "a/b/",
        ["a slash at the start"] = "/a/b",
        ["two slashes"] = "a//b",
        ["a way up"] = "../../../../../../escaped",
        ["a way up with backslashes"] = "..\\..\\escaped",
        ["a way up inside"] = "a/../b",
        ["one dot"] = ".",
        ["two dots"] = "..",
        ["a root"] = "/loss",
        ["a device"] = "NUL",
        ["upper case"] = "LOSS",
        ["lower case"] = "loss",
        ["a space at the end"] = "loss ",
        ["a space at the start"] = " loss",
        ["a name of the output itself"] = "step",
        ["another name of the output itself"] = "epoch",
        ["a thousand characters"] = new string('x', 1000),
        ["a thousand characters, the last another one"] = new string('x', 999) + 'y',
        ["a thousand wide characters"] = new string('損', 1000),
    };

    public static TheoryData<string> Names => [.. NamesByWhatTheyAre.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public virtual async Task A_name_is_kept_or_mapped_or_rejected(string what)
    {
        var run = NewRun();
        var accepted = await Accepts(run, MetricsCall.Of(1, NamesByWhatTheyAre[what], 0.5));
        var points = ReadMetrics(run);

        Assert.Equal(accepted ? 3 : 2, points.Count);
        Assert.Equal(accepted ? [0.5, 1, 2] : [1, 2], points.Select(point => point.Value).Order());
        Assert.Equal(points.Count, points.Select(point => point.Name).Distinct().Count());
    }

    [Fact]
    public virtual async Task No_two_names_become_one()
    {
        var accepted = new List<MetricsCall>();
        foreach (var (i, name) in NamesByWhatTheyAre.Values.Index())
        {
            var call = MetricsCall.Of(i, name, i);
            if (await Accepts(NewRun(), call))
            {
                accepted.Add(call);
            }
        }

        var run = NewRun();
        await DeliverAll(run, [.. accepted]);
        var points = ReadMetrics(run);

        Assert.Equal(accepted.Count, points.Count);
        var merged = points.GroupBy(point => point.Name, point => NamesByWhatTheyAre.Keys.ElementAt((int)point.Value))
            .Where(names => names.Count() > 1);
        Assert.Empty(merged.Select(names => $"'{names.Key}' holds: {string.Join(", ", names)}"));
    }

    [Fact]
    public virtual async Task A_changed_name_is_told()
    {
        var silent = new List<string>();
        foreach (var (what, name) in NamesByWhatTheyAre)
        {
            _reports.Clear();
            var run = NewRun();
            if (await Accepts(run, MetricsCall.Of(1, name, 0.5)) && ReadMetrics(run).All(point => point.Name != name) && Reports.Count == 0)
            {
                silent.Add(what);
            }
        }

        Assert.Empty(silent);
    }

    [SkippableFact]
    public virtual async Task Names_that_were_mapped_are_mapped_the_same_way_after_a_crash()
    {
        var accepted = new List<MetricsCall>();
        foreach (var (i, name) in NamesByWhatTheyAre.Values.Index())
        {
            if (await Accepts(NewRun(), MetricsCall.Of(i, name, i)))
            {
                accepted.Add(MetricsCall.Of(i, name, i));
            }
        }

        var run = NewRun();
        string bookmark;
        await using (var first = Create(run))
        {
            Deliver(first, [.. accepted]);
            await first.SaveAsync();
            bookmark = Bookmark(first);
        }

        var namesBefore = ReadMetrics(run).ToDictionary(point => point.Value, point => point.Name);
        MetricsCall[] again = [.. accepted.Select(call => call with { Second = call.Second + 1000, Step = call.Step + 1000 })];
        await DeliverAll(Again(run, bookmark), again.Reverse().ToArray());

        var names = ReadMetrics(run).GroupBy(point => point.Value, point => point.Name)
            .ToDictionary(group => group.Key, group => group.Distinct().Single());
        Assert.Equal(namesBefore.OrderBy(name => name.Key), names.OrderBy(name => name.Key));
    }
}
