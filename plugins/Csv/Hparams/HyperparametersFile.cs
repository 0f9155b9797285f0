using System.Text;
using PluginLoggers.Csv.Storage;

namespace PluginLoggers.Csv.Hparams;

/// <summary>The hyperparameters of a run as a YAML file, replaced as a whole whenever they change.</summary>
/// <remarks>
/// A name that is given again gets its later value. So a file that is ahead of its bookmark needs no cutting: what comes again brings each
/// name to the value that it had, in the place that it had, and the file after it is the file without the crash.
/// </remarks>
internal sealed class HyperparametersFile(string path)
{
    private readonly List<KeyValuePair<string, object?>> _given = [];
    private HyperparameterTree _saved = new();

    /// <summary>How many names the file has.</summary>
    public int Count { get; private set; }

    /// <summary>Takes hyperparameters, to be merged with what is there at the next save.</summary>
    public void Add(IReadOnlyDictionary<string, object?> hyperparameters) => _given.AddRange(hyperparameters);

    /// <summary>Goes on from the file as it is. No names is no file.</summary>
    /// <param name="count">How many names it has at least.</param>
    /// <exception cref="InvalidDataException">The file is gone, has fewer names, or is none of ours.</exception>
    public void Open(int count)
    {
        if (count == 0)
        {
            DurableFile.Delete(path);
            (_saved, Count) = (new HyperparameterTree(), 0);
            return;
        }

        try
        {
            DurableFile.DeleteRemains(path);
            _saved = HyperparametersReader.Read(File.ReadAllText(path, Encoding.UTF8));
            Count = _saved.Count;
            if (Count < count)
            {
                throw new InvalidDataException($"it has {Count} names only");
            }
        }
        catch (Exception exception) when (exception is InvalidDataException or FileNotFoundException or DirectoryNotFoundException)
        {
            var reason = exception is InvalidDataException ? exception.Message : "it is gone";
            throw new InvalidDataException($"'{path}' cannot be continued with {count} names, and begins anew: {reason}.", exception);
        }
    }

    /// <summary>Merges what was given, and makes it durable.</summary>
    public void Save()
    {
        if (_given.Count == 0)
        {
            return;
        }

        foreach (var (name, value) in _given)
        {
            _saved.Set(name, value);
        }

        var content = Encoding.UTF8.GetBytes(HyperparametersWriter.Write(_saved));
        DurableFile.Replace(path, file => file.Write(content));
        Count = _saved.Count;
        _given.Clear();
    }
}
