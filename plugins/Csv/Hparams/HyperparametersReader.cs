using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace PluginLoggers.Csv.Hparams;

/// <summary>
/// Reads back what <see cref="HyperparametersWriter"/> wrote: nested mappings and lists of values, without anchors and tags.
/// </summary>
internal sealed class HyperparametersReader
{
    private const int MaxDepth = 100;

    private readonly HyperparameterTree _tree = new();
    private readonly Parser _parser;

    private HyperparametersReader(TextReader input) => _parser = new Parser(input);

    /// <exception cref="InvalidDataException">It is no YAML, or not of this kind.</exception>
    public static HyperparameterTree Read(string yaml)
    {
        using var input = new StringReader(yaml);
        var reader = new HyperparametersReader(input);
        try
        {
            reader._parser.Consume<StreamStart>();
            reader._parser.Consume<DocumentStart>();
            reader.ReadMapping("", depth: 0);
            reader._parser.Consume<DocumentEnd>();
            reader._parser.Consume<StreamEnd>();
            return reader._tree;
        }
        catch (Exception exception) when (exception is not (InvalidDataException or OutOfMemoryException))
        {
            throw new InvalidDataException($"it is no YAML of ours ({exception.Message})", exception);
        }
    }

    private void ReadMapping(string prefix, int depth)
    {
        _parser.Consume<MappingStart>();
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            ReadNode(prefix + _parser.Consume<Scalar>().Value, depth);
        }
    }

    private void ReadNode(string name, int depth)
    {
        if (depth > MaxDepth)
        {
            throw new InvalidDataException("it is nested too deeply");
        }

        if (_parser.Accept<NodeEvent>(out var node) && !(node.Tag.IsEmpty && node.Anchor.IsEmpty))
        {
            throw new InvalidDataException("it has tags or anchors");
        }

        if (_parser.TryConsume<Scalar>(out var scalar))
        {
            _tree.Set(name, scalar.Style == ScalarStyle.Plain ? YamlScalar.Parse(scalar.Value) : scalar.Value);
        }
        else if (_parser.TryConsume<SequenceStart>(out _))
        {
            for (var i = 0; !_parser.TryConsume<SequenceEnd>(out _); i++)
            {
                ReadNode(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{name}/{i}"), depth + 1);
            }
        }
        else
        {
            ReadMapping(name + "/", depth + 1);
        }
    }
}
