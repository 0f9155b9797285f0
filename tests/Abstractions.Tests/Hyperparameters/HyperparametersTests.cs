using System.Collections;
using System.Collections.Immutable;
using System.Dynamic;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PluginLoggers.Abstractions.Tests.Hyperparams;

public class HyperparametersTests
{
    private enum Kind
    {
        Linear,
        Convolution,
    }

    private interface IHasName
    {
        string Name { get; }
    }

    [Fact]
    public void A_record_flattens_by_its_properties_in_order() =>
        Assert.Equal(["Seed", "Optimizer/Name", "Optimizer/LearningRate", "Layers/0/Units", "Layers/1/Units"], Flat(new Training(
            1, new Optimizer("adam", 0.1f), [new Layer(10), new Layer(20)])).Keys);

    [Fact]
    public void An_anonymous_object_flattens() =>
        Assert.Equal(Entries(("Lr", 0.1), ("Optimizer/Name", "adam")), Flat(new { Lr = 0.1, Optimizer = new { Name = "adam" } }));

    [Fact]
    public void Objects_inside_a_dictionary_flatten_too() =>
        Assert.Equal(
            Entries(("seed", 1L), ("optimizer/Name", "adam"), ("optimizer/LearningRate", 0.1), ("layers/0/Units", 5L)),
            Hyperparameters.Flatten(new Dictionary<string, object?>
            {
                ["seed"] = 1,
                ["optimizer"] = new Optimizer("adam", 0.1f),
                ["layers"] = new[] { new Layer(5) },
            }));

    [Fact]
    public void Dictionaries_of_any_kind_flatten()
    {
        dynamic expando = new ExpandoObject();
        expando.x = 1;
        Assert.Equal(
            Entries(
                ("int/x", 1L),
                ("immutable/x", 1L),
                ("hash/x", 1L),
                ("expando/x", 1L),
                ("number keys/7", 1L),
                ("json/x", 1L),
                ("node/x", 1L)),
            Hyperparameters.Flatten(new Dictionary<string, object?>
            {
                ["int"] = new Dictionary<string, int> { ["x"] = 1 },
                ["immutable"] = ImmutableDictionary<string, long>.Empty.Add("x", 1),
                ["hash"] = new Hashtable { ["x"] = 1 },
                ["expando"] = (object)expando,
                ["number keys"] = new Dictionary<int, byte> { [7] = 1 },
                ["json"] = JsonElement.Parse("""{ "x": 1 }"""),
                ["node"] = JsonNode.Parse("""{ "x": 1 }"""),
            }));
    }

    [Fact]
    public void Lists_of_dictionaries_flatten_by_position_and_lists_of_values_are_one_text()
    {
        Assert.Equal(
            Entries(
                ("layers/0/units", 1L), ("layers/1", "dropout"), ("sizes", "[1, 2.5, a, None, True]"), ("none", "[]"),
                ("nested", "[[1, 2], [3]]"), ("pair", "[1, 0.5]")),
            Hyperparameters.Flatten(new Dictionary<string, object?>
            {
                ["layers"] = new object[] { new Dictionary<string, object?> { ["units"] = 1 }, "dropout" },
                ["sizes"] = new object?[] { 1, 2.5, "a", null, true },
                ["none"] = Array.Empty<int>(),
                ["nested"] = new[] { new[] { 1, 2 }, [3] },
                ["pair"] = (1, 0.5),
            }));
        Assert.Equal(
            Entries(("a/0/0/x", 1L)),
            Hyperparameters.Flatten(new Dictionary<string, object?> { ["a"] = new[] { new[] { new Dictionary<string, int> { ["x"] = 1 } } } }));
    }

    [Fact]
    public void Values_become_those_that_all_backends_know() =>
        Assert.Equal(
            Entries(
                ("float", 0.1), ("half", 0.1), ("decimal", 0.1), ("uint", 5L), ("ulong", "18446744073709551615"), ("char", "c"),
                ("enum", "Convolution"),
                ("type", "System.String"), ("date", "2024-02-29"), ("time", "2024-02-29T12:00:00.0000000+00:00"),
                ("span", "00:00:01.5000000"),
                ("uri", "http://127.0.0.1/"), ("function", "Cos"), ("guid", "00000000-0000-0000-0000-000000000000"), ("nan", double.NaN),
                ("none", null),
                ("json number", 0.5), ("json text", "a"), ("json null", null), ("json list", "[1, b]")),
            Hyperparameters.Flatten(new Dictionary<string, object?>
            {
                ["float"] = 0.1f,
                ["half"] = (Half)0.1,
                ["decimal"] = 0.1m,
                ["uint"] = 5u,
                ["ulong"] = ulong.MaxValue,
                ["char"] = 'c',
                ["enum"] = Kind.Convolution,
                ["type"] = typeof(string),
                ["date"] = new DateOnly(2024, 2, 29),
                ["time"] = new DateTimeOffset(2024, 2, 29, 12, 0, 0, TimeSpan.Zero),
                ["span"] = TimeSpan.FromSeconds(1.5),
                ["uri"] = new Uri("http://127.0.0.1/"),
                ["function"] = (Func<double, double>)Math.Cos,
                ["guid"] = Guid.Empty,
                ["nan"] = double.NaN,
                ["none"] = null,
                ["json number"] = JsonElement.Parse("0.5"),
                ["json text"] = JsonElement.Parse("\"a\""),
                ["json null"] = JsonElement.Parse("null"),
                ["json list"] = JsonElement.Parse("[1, \"b\"]"),
            }));

    [Fact]
    public void The_culture_changes_nothing()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("de-DE");
        try
        {
            Assert.Equal(
                Entries(("a", "[0.5, 1.25]"), ("b", 0.1), ("c", "[0.5, 2024-02-29]"), ("d/0.5", 1L)),
                Flat(new Dictionary<string, object?>
                {
                    ["a"] = new[] { 0.5, 1.25 },
                    ["b"] = 0.1f,
                    ["c"] = (0.5, new DateOnly(2024, 2, 29)),
                    ["d"] = new Dictionary<double, int> { [0.5] = 1 },
                }));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void An_object_without_properties_is_its_text_inside_and_an_error_outside()
    {
        Assert.Equal(Entries(("seed", "seed 42")), Hyperparameters.Flatten(new Dictionary<string, object?> { ["seed"] = new Silent() }));
        Assert.Contains("has none", Assert.Throws<ArgumentException>(() => Flat(new Silent())).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Flat(3));
        Assert.Throws<ArgumentException>(() => Flat("adam"));
        Assert.Throws<ArgumentNullException>(() => Flat(null!));
    }

    [Fact]
    public void Inherited_properties_come_first_and_hidden_private_static_and_indexed_ones_do_not_count() =>
        Assert.Equal(Entries(("Seed", 1L), ("Name", "derived")), Flat(new Derived()));

    [Fact]
    public void What_contains_itself_is_refused_by_name()
    {
        var dictionary = new Dictionary<string, object?>();
        dictionary["self"] = dictionary;
        Assert.Contains(
            "'self/self/", Assert.Throws<ArgumentException>(() => Hyperparameters.Flatten(dictionary)).Message, StringComparison.Ordinal);

        var list = new List<object>();
        list.Add(list);
        Assert.Throws<ArgumentException>(() => Hyperparameters.Flatten(new Dictionary<string, object?> { ["list"] = list }));
        Assert.Throws<ArgumentException>(() => Flat(list));

        var node = new Node();
        node.Next = node;
        Assert.Throws<ArgumentException>(() => Flat(node));
    }

    [Fact]
    public void What_branches_without_end_is_refused_in_time()
    {
        var level = new Dictionary<string, object?>();
        for (var i = 0; i < 30; i++)
        {
            level = new Dictionary<string, object?> { ["left"] = level, ["right"] = level };
        }

        Assert.Throws<ArgumentException>(() => Hyperparameters.Flatten(level));
        Assert.Throws<ArgumentException>(() => Hyperparameters.Flatten(new Dictionary<string, object?> { ["endless"] = Endless() }));

        static IEnumerable<int> Endless()
        {
            while (true)
            {
                yield return 1;
            }
        }
    }

    [Fact]
    public void Thirty_two_levels_are_taken()
    {
        object? value = 1;
        for (var i = 0; i < 32; i++)
        {
            value = new Dictionary<string, object?> { ["x"] = value };
        }

        var flat = Assert.Single(Flat(value!));
        Assert.Equal(string.Join('/', Enumerable.Repeat("x", 32)), flat.Key);
        Assert.Throws<ArgumentException>(() => Flat(new { Root = value }));
    }

    [Fact]
    public void A_property_that_throws_is_named() =>
        Assert.Contains("Throwing.Rate", Assert.Throws<ArgumentException>(() => Flat(new Throwing())).Message, StringComparison.Ordinal);

    [Fact]
    public void The_later_one_of_two_names_wins_and_has_the_later_place() =>
        Assert.Equal(
            Entries(("b", 2L), ("a/x", 3L)),
            Hyperparameters.Flatten(new Dictionary<string, object?> { ["a/x"] = 1, ["b"] = 2, ["a"] = new Dictionary<string, int> { ["x"] = 3 } }).ToArray());

    private static IReadOnlyDictionary<string, object?> Flat(object hyperparams) => Hyperparameters.FlattenObject(hyperparams);

    private static KeyValuePair<string, object?>[] Entries(params (string Name, object? Value)[] entries) =>
        [.. entries.Select(entry => KeyValuePair.Create(entry.Name, entry.Value))];

    private sealed record Training(int Seed, Optimizer Optimizer, IReadOnlyList<Layer> Layers);

    private sealed record Optimizer(string Name, float LearningRate);

    private readonly record struct Layer(int Units);

    private sealed class Silent
    {
        public override string ToString() => "seed 42";
    }

    private class Base : IHasName
    {
        public static int Shared => 1;

        public int Seed { get; } = 1;

        public string Name { get; } = "base";

        internal int Hidden { get; } = 1;

        public int this[int index] => index;
    }

    private sealed class Derived : Base
    {
        private string _written = "";

        public new string Name { get; } = "derived";

        public string WriteOnly
        {
            set => _written = value;
        }

        public ReadOnlySpan<char> Span => _written;
    }

    private sealed class Node
    {
        public Node? Next { get; set; }
    }

    private sealed class Throwing
    {
        private readonly double[] _rates = [];

        public double Rate => _rates[0];
    }
}
