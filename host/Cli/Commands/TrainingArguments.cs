using System.CommandLine;
using System.Globalization;
using System.Numerics;
using PluginLoggers.Cli.Training;

namespace PluginLoggers.Cli.Commands;

/// <summary>The options of <see cref="TrainCommand"/>.</summary>
internal sealed class TrainingArguments
{
    private static readonly TrainingOptions Defaults = new();

    private readonly Option<int> _epochs = Number(
        "--epochs", "How often to go through the images", Defaults.Epochs, "a whole number of at least 1", epochs => epochs >= 1);

    private readonly Option<int> _batchSize = Number(
        "--batch-size", "How many images make a step", Defaults.BatchSize, "a whole number of at least 1", size => size >= 1);

    private readonly Option<double> _learningRate = Number(
        "--learning-rate", "How far a step goes", Defaults.LearningRate, "a number above 0", rate => rate > 0 && double.IsFinite(rate));

    private readonly Option<int> _seed = Number(
        "--seed", "The same seed gives the same training", Defaults.Seed, "a whole number of 32 bits", _ => true);

    /// <summary>Whether the result is printed for a script.</summary>
    public Option<bool> Json { get; } = new("--json") { Description = "Print the result as JSON" };

    public void AddTo(Command command)
    {
        command.Add(_epochs);
        command.Add(_batchSize);
        command.Add(_learningRate);
        command.Add(_seed);
        command.Add(Json);
    }

    public TrainingOptions Read(ParseResult parsed) => new()
    {
        Epochs = parsed.GetValue(_epochs),
        BatchSize = parsed.GetValue(_batchSize),
        LearningRate = parsed.GetValue(_learningRate),
        Seed = parsed.GetValue(_seed),
    };

    private static Option<T> Number<T>(string name, string description, T byDefault, string expected, Predicate<T> accepts)
        where T : struct, INumber<T> => new(name)
        {
            Description = description,
            HelpName = "N",
            DefaultValueFactory = _ => byDefault,
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && accepts(value))
                {
                    return value;
                }

                result.AddError($"{name} is '{text}'; expected {expected}.");
                return default;
            },
        };
}
