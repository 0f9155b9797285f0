using System.Globalization;

namespace PluginLoggers;

/// <summary>
/// What is known of a hyperparameter before any run: a column of TensorBoard's HPARAMS tab, and what can be chosen there.
/// </summary>
/// <param name="Name">Its name as it is logged.</param>
public sealed record HyperparameterDomain(string Name)
{
    private const ulong TextType = 1;
    private const ulong BoolType = 2;
    private const ulong NumberType = 3;

    /// <summary>What stands above the column; empty for the name.</summary>
    public string DisplayName { get; init; } = "";

    /// <summary>What is said about it, as Markdown.</summary>
    public string Description { get; init; } = "";

    /// <summary>The values that it can have: all of them bool, all numbers or all texts. Null where they are not known.</summary>
    public IReadOnlyList<object>? Values { get; init; }

    /// <summary>
    /// The numbers between which it lies, both included. Null where they are not known, or where there are <see cref="Values"/>.
    /// </summary>
    public (double Min, double Max)? Range { get; init; }

    /// <exception cref="ArgumentException">There are a range and values, or the values are of several types.</exception>
    internal ProtoWriter ToMessage()
    {
        if (Values is not null && Range is not null)
        {
            throw new ArgumentException($"Hyperparameter '{Name}' has both a range and values; give one of them.");
        }

        var values = (Values ?? []).Select(HyperparameterValue.Plain).ToList();
        var types = values.Select(TypeOf).Distinct().ToList();
        if (types.Count > 1)
        {
            throw new ArgumentException($"The values of hyperparameter '{Name}' are of several types; give one of them.");
        }

        var type = Range is not null ? NumberType : types.SingleOrDefault();
        var message = new ProtoWriter().Text(1, Name).Text(2, DisplayName).Text(3, Description).Number(4, type);
        if (Values is not null)
        {
            message.Message(5, ListOf(values));
        }

        return Range is var (min, max) ? message.Message(6, new ProtoWriter().Double(1, min).Double(2, max)) : message;
    }

    private static ulong TypeOf(object? value) => value switch { bool => BoolType, long or double => NumberType, _ => TextType };

    private static ProtoWriter ListOf(List<object?> values)
    {
        var list = new ProtoWriter();
        foreach (var value in values)
        {
            list.Message(1, value switch
            {
                bool flag => new ProtoWriter().Bool(4, flag),
                long or double => new ProtoWriter().DoubleOfChoice(2, Convert.ToDouble(value, CultureInfo.InvariantCulture)),
                _ => new ProtoWriter().Item(3, HyperparameterValue.InvariantText(value)),
            });
        }

        return list;
    }
}
