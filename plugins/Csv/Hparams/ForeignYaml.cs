using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace PluginLoggers.Csv.Hparams;

/// <summary>
/// Reads the hyperparameters that somebody else wrote, PyYAML above all: anchors and aliases are followed, tags of Python are passed over
/// or become text, nothing is ever created from them. Depth, names, values and text are bounded, what aliases repeat included.
/// </summary>
internal sealed class ForeignYaml(string yaml)
{
    // What Hyperparameters.Flatten takes.
    private const int MaxDepth = 30;
    private const int MaxValues = 20_000;

    // Of a whole name, in characters; and of what aliases repeat.
    private const int MaxName = 1024;
    private const int MaxRepeated = 4 << 20;

    private readonly Dictionary<string, object?> _found = new(StringComparer.Ordinal);
    private readonly Dictionary<AnchorName, object?> _anchors = [];
    private readonly Parser _parser = new(new StringReader(yaml));
    private int _values;
    private int _repeated;

    /// <summary>Why it could not be read to its end; null if it could.</summary>
    public string? Problem { get; private set; }

    /// <summary>Where, in characters.</summary>
    public int ProblemIndex { get; private set; }

    /// <summary>The names of the first document, nested as they are there; with a <see cref="Problem"/>, those before it.</summary>
    public IReadOnlyDictionary<string, object?> Read()
    {
        try
        {
            ReadDocument();
        }
        catch (InvalidDataException refused)
        {
            Refuse(refused.Message, _parser.Current?.Start.Index ?? 0);
        }
        catch (YamlException malformed)
        {
            Refuse("it is no YAML: " + malformed.Message, malformed.Start.Index);
        }
        catch (Exception failure) when (failure is not (OutOfMemoryException or StackOverflowException))
        {
            // The parser is made for what is almost YAML; what it fails with otherwise is not part of its contract.
            Refuse("it is no YAML: " + failure.Message, _parser.Current?.End.Index ?? 0);
        }

        return _found;
    }

    private void Refuse(string problem, long index) => (Problem, ProblemIndex) = (problem, (int)Math.Clamp(index, 0, int.MaxValue));

    private void ReadDocument()
    {
        _parser.Consume<StreamStart>();
        if (!_parser.TryConsume<DocumentStart>(out _))
        {
            return;
        }

        if (_parser.TryConsume<MappingStart>(out _))
        {
            ReadEntries(_found, depth: 1, path: 0);
        }
        else if (!_parser.TryConsume<Scalar>(out var scalar) || PythonScalar.Parse(scalar) is not null)
        {
            throw new InvalidDataException("it has no names");
        }

        _parser.Consume<DocumentEnd>();
        if (!_parser.Accept<StreamEnd>(out _))
        {
            throw new InvalidDataException("it has more than one document");
        }
    }

    private void ReadEntries(Dictionary<string, object?> entries, int depth, int path)
    {
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            if (!_parser.TryConsume<Scalar>(out var key))
            {
                throw new InvalidDataException("it has a name that is no text");
            }

            var name = key.Value;
            entries[name] = ReadNode(depth, path + name.Length);
        }
    }

    private object? ReadNode(int depth, int path)
    {
        Count(depth, path);
        if (_parser.TryConsume<AnchorAlias>(out var alias))
        {
            return _anchors.TryGetValue(alias.Value, out var anchored)
                ? Repeated(anchored, depth, path)
                : throw new InvalidDataException("it repeats what is not there, or itself");
        }

        var anchor = _parser.Accept<NodeEvent>(out var node) ? node.Anchor : AnchorName.Empty;
        var value = ReadValue(depth, path);
        if (!anchor.IsEmpty)
        {
            // Only now: what holds itself has no end.
            _anchors[anchor] = value;
        }

        return value;
    }

    private object? ReadValue(int depth, int path)
    {
        if (_parser.TryConsume<Scalar>(out var scalar))
        {
            return PythonScalar.Parse(scalar);
        }

        if (_parser.TryConsume<MappingStart>(out _))
        {
            var entries = new Dictionary<string, object?>(StringComparer.Ordinal);
            ReadEntries(entries, depth + 1, path + 1);
            return entries;
        }

        _parser.Consume<SequenceStart>();
        var items = new List<object?>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(ReadNode(depth + 1, path + 1));
        }

        return items;
    }

    /// <summary>What an alias repeats counts as if it stood there: nine lists of nine aliases are a thousand million values.</summary>
    private object? Repeated(object? value, int depth, int path)
    {
        switch (value)
        {
            case string text when (_repeated += text.Length) > MaxRepeated:
                throw new InvalidDataException("it repeats too much text");
            case Dictionary<string, object?> entries:
                foreach (var (name, child) in entries)
                {
                    Count(depth + 1, path + 1 + name.Length);
                    Repeated(child, depth + 1, path + 1 + name.Length);
                }

                break;
            case List<object?> items:
                foreach (var item in items)
                {
                    Count(depth + 1, path + 1);
                    Repeated(item, depth + 1, path + 1);
                }

                break;
            default:
                break;
        }

        return value;
    }

    private void Count(int depth, int path)
    {
        var problem = depth > MaxDepth ? "it is nested too deeply"
            : path > MaxName ? "it has a name that is too long"
            : ++_values > MaxValues ? $"it has more than {MaxValues} values"
            : null;
        if (problem is not null)
        {
            throw new InvalidDataException(problem);
        }
    }
}
