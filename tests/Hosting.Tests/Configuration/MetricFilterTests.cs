using System.Diagnostics;
using PluginLoggers.Contract;
using PluginLoggers.Hosting.Configuration;

namespace PluginLoggers.Hosting.Tests.Configuration;

public sealed class MetricFilterTests
{
    [Theory]
    [InlineData("loss", "loss", true)]
    [InlineData("loss", "Loss", false)]
    [InlineData("loss", "losses", false)]
    [InlineData("*", "loss", true)]
    [InlineData("*", "", true)]
    [InlineData("*", "val/loss", false)]
    [InlineData("val/*", "val/loss", true)]
    [InlineData("val/*", "val/", true)]
    [InlineData("val/*", "val/a/loss", false)]
    [InlineData("val/*", "val", false)]
    [InlineData("*/loss", "val/loss", true)]
    [InlineData("val_*_loss", "val__loss", true)]
    [InlineData("*a*b*", "xxaxxbxx", true)]
    [InlineData("*a*b*", "xxbxxaxx", false)]
    [InlineData("**", "", true)]
    [InlineData("**", "a/b/c", true)]
    [InlineData("val/**", "val/a/b", true)]
    [InlineData("val/**", "value", false)]
    [InlineData("**loss", "val/a/loss", true)]
    [InlineData("v**s", "val/loss", true)]
    [InlineData("**/loss", "loss", true)]
    [InlineData("**/loss", "a/b/loss", true)]
    [InlineData("**/loss", "a/xloss", false)]
    [InlineData("a/**/b", "a/b", true)]
    [InlineData("a/**/b", "a/x/y/b", true)]
    [InlineData("a/**/b", "a/xb", false)]
    [InlineData("a/**/b", "ab", false)]
    [InlineData("?oss", "loss", true)]
    [InlineData("?oss", "oss", false)]
    [InlineData("val?loss", "val/loss", false)]
    [InlineData("?", "🦀", true)]
    [InlineData("[a-z].(x)+$", "[a-z].(x)+$", true)]
    [InlineData("[a-z]", "a", false)]
    public void A_pattern_matches_as_it_says(string pattern, string name, bool matches) =>
        Assert.Equal(matches, new Glob(pattern).Matches(name));

    [Fact]
    public void Without_patterns_everything_is_accepted()
    {
        Assert.Same(MetricFilter.All, MetricFilter.Create([], []));
        Assert.True(MetricFilter.All.AcceptsAll);
        Assert.True(MetricFilter.All.Accepts("anything/at all"));
    }

    [Fact]
    public void What_is_excluded_is_not_accepted_even_if_it_is_included()
    {
        var filter = MetricFilter.Create(["val/*", "train/loss"], ["*/lr"]);

        Assert.Equal([true, true, false, false], new[] { "val/loss", "train/loss", "val/lr", "train/acc" }.Select(filter.Accepts));
        Assert.Equal([true, false], new[] { "a", "lr" }.Select(MetricFilter.Create([], ["lr"]).Accepts));
    }

    [Fact]
    public void A_name_seen_before_costs_no_allocation()
    {
        var filter = MetricFilter.Create(["val/**"], []);

        Assert.Equal(0, ThreadAllocations.Fewest(() =>
        {
            for (var call = 0; call < 1000; call++)
            {
                filter.Accepts("val/loss");
            }
        }));
    }

    [Fact]
    public void More_names_than_are_remembered_are_judged_alike()
    {
        var filter = MetricFilter.Create(["a/*"], []);

        for (var index = 0; index < 25_000; index++)
        {
            Assert.Equal(index % 2 == 0, filter.Accepts(index % 2 == 0 ? $"a/{index}" : $"b/{index}"));
        }
    }

    [Fact]
    public void A_hostile_pattern_takes_time_in_proportion_to_its_length()
    {
        // With backtracking, this would not come to an end.
        var filter = MetricFilter.Create([string.Concat(Enumerable.Repeat("**a?", 200)) + "b"], []);

        Assert.False(filter.Accepts(new string('a', 10_000)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("a***b")]
    public void A_pattern_that_means_nothing_is_refused(string pattern)
    {
        Assert.NotNull(Glob.Problem(pattern));
        Assert.Throws<ArgumentException>(() => MetricFilter.Create([pattern], []));
    }

    [Fact]
    public void A_pattern_agrees_with_an_independent_matcher()
    {
        var random = new Random(4);
        for (var round = 0; round < 20_000; round++)
        {
            var pattern = Random(random, "ab/*?*");
            var name = Random(random, "ab/ab");
            if (Glob.Problem(pattern) is null)
            {
                Assert.True(Naive(pattern, 0, name, 0) == new Glob(pattern).Matches(name), $"{pattern} on {name}");
            }
        }
    }

    private static string Random(Random random, string alphabet) =>
        string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => alphabet[random.Next(alphabet.Length)]));

    private static bool Naive(string pattern, int p, string name, int n)
    {
        Debug.Assert(p <= pattern.Length && n <= name.Length, "it stays inside");
        if (p == pattern.Length)
        {
            return n == name.Length;
        }

        if (pattern.AsSpan(p).StartsWith("**"))
        {
            if ((p == 0 || pattern[p - 1] == '/') && p + 2 < pattern.Length && pattern[p + 2] == '/')
            {
                return Naive(pattern, p + 3, name, n)
                    || Enumerable.Range(n, name.Length - n).Any(end => name[end] == '/' && Naive(pattern, p + 3, name, end + 1));
            }

            return Enumerable.Range(n, name.Length - n + 1).Any(end => Naive(pattern, p + 2, name, end));
        }

        if (pattern[p] == '*')
        {
            return Naive(pattern, p + 1, name, n) || (n < name.Length && name[n] != '/' && Naive(pattern, p, name, n + 1));
        }

        return n < name.Length && (pattern[p] == '?' ? name[n] != '/' : pattern[p] == name[n]) && Naive(pattern, p + 1, name, n + 1);
    }
}
