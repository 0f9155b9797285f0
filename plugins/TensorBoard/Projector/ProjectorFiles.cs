using System.Globalization;
using System.Text;
using Google.Protobuf;
using PluginLoggers.Storage;
using PluginLoggers.TensorBoard.Protos;

namespace PluginLoggers.TensorBoard;

/// <summary>
/// What the projector reads in a run's folder: a folder for each embedding, and <c>projector_config.pbtxt</c>, which names them and is only
/// appended to. Not thread-safe.
/// </summary>
/// <remarks>
/// <see href="https://github.com/tensorflow/tensorboard/blob/2.16.2/tensorboard/plugins/projector/projector_config.proto"/>
/// </remarks>
internal sealed class ProjectorFiles
{
    public const string ConfigName = "projector_config.pbtxt";

    private readonly string _directory;
    private readonly List<(string Name, long Step, Embedding Embedding)> _unsaved = [];
    private bool _isCut;

    /// <param name="directory">The run's folder.</param>
    /// <param name="length">The length of the configuration at the last save; what is behind it is cut off. 0 begins anew.</param>
    public ProjectorFiles(string directory, long length) => (_directory, Length) = (directory, length);

    /// <summary>The length up to which the configuration is ours and durable, in bytes; 0 without one.</summary>
    public long Length { get; private set; }

    private string ConfigPath => Path.Combine(_directory, ConfigName);

    /// <exception cref="LoggerRejectedException">The bytes are no embedding.</exception>
    public void Add(string name, ReadOnlySpan<byte> payload, long step)
    {
        Embedding embedding;
        try
        {
            embedding = Embedding.Parser.ParseFrom(payload);
        }
        catch (InvalidProtocolBufferException exception)
        {
            throw new LoggerRejectedException($"The {payload.Length} bytes of '{name}' are no embedding: {exception.Message}", exception);
        }

        var (vectors, dimensions) = (embedding.Vectors.Count, (long)embedding.Dimensions);
        if (dimensions == 0 || vectors % dimensions != 0 || (embedding.Labels.Count > 0 && embedding.Labels.Count != vectors / dimensions))
        {
            throw new LoggerRejectedException(
                $"The embedding '{name}' has {vectors} numbers for vectors of {dimensions}, and {embedding.Labels.Count} labels.");
        }

        _unsaved.Add((name, step, embedding));
    }

    /// <summary>Makes everything durable. After an exception, it can be called again.</summary>
    /// <exception cref="InvalidDataException">The configuration is gone, or shorter than it was.</exception>
    public void Save()
    {
        if (_unsaved.Count == 0 && _isCut)
        {
            return;
        }

        Cut();
        if (_unsaved.Count == 0)
        {
            return;
        }

        _unsaved.ForEach(Write);
        using var config = new FileStream(ConfigPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        var known = new byte[Length];
        config.ReadExactly(known);
        var text = new StringBuilder(Encoding.UTF8.GetString(known));
        foreach (var (name, step, embedding) in _unsaved)
        {
            // One that is logged again is the same folder with other files in it.
            var entry = Entry(name, step, embedding);
            if (!text.ToString().Contains(entry, StringComparison.Ordinal))
            {
                text.Append(entry);
            }
        }

        config.Write(Encoding.UTF8.GetBytes(text.ToString()).AsSpan(known.Length));
        config.Flush(flushToDisk: true);
        DurableDirectory.Sync(_directory);
        Length = config.Length;
        _unsaved.Clear();
    }

    /// <summary>What an earlier attempt has left behind the last save that counted is no more.</summary>
    private void Cut()
    {
        var found = File.Exists(ConfigPath) ? new FileInfo(ConfigPath).Length : -1;
        if (Length > 0 && found < Length)
        {
            throw new InvalidDataException(
                $"The file {ConfigPath} has {Math.Max(0, found)} bytes; it had {Length} when it was last saved.");
        }

        if (Length == 0 && found >= 0)
        {
            File.Delete(ConfigPath);
        }
        else if (found > Length)
        {
            using var config = new FileStream(ConfigPath, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
            config.SetLength(Length);
        }

        _isCut = true;
    }

    private void Write((string Name, long Step, Embedding Embedding) item)
    {
        var (name, step, embedding) = item;
        var folder = Path.Combine(_directory, EmbeddingFolder.Of(name, step).Replace('/', Path.DirectorySeparatorChar));
        Directory.CreateDirectory(folder);
        WriteFile(Path.Combine(folder, "tensors.tsv"), Vectors(embedding));
        if (embedding.Labels.Count > 0)
        {
            WriteFile(Path.Combine(folder, "metadata.tsv"), string.Concat(embedding.Labels.Select(label => OneCell(label) + "\n")));
        }

        if (!embedding.Sprite.IsEmpty)
        {
            WriteFile(Path.Combine(folder, "sprite.png"), embedding.Sprite.Span);
        }

        for (var at = folder; at.Length > _directory.Length; at = Path.GetDirectoryName(at)!)
        {
            DurableDirectory.Sync(at);
        }
    }

    private static void WriteFile(string path, string text) => WriteFile(path, Encoding.UTF8.GetBytes(text));

    private static void WriteFile(string path, ReadOnlySpan<byte> bytes)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read);
        file.Write(bytes);
        file.Flush(flushToDisk: true);
    }

    private static string Vectors(Embedding embedding)
    {
        var text = new StringBuilder();
        for (var i = 0; i < embedding.Vectors.Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{embedding.Vectors[i]}").Append((i + 1) % embedding.Dimensions == 0 ? '\n' : '\t');
        }

        return text.ToString();
    }

    private static string OneCell(string label) => label.Replace('\t', ' ').Replace('\n', ' ').Replace('\r', ' ');

    private static string Entry(string name, long step, Embedding embedding)
    {
        var folder = EmbeddingFolder.Of(name, step);
        var entry = new StringBuilder("embeddings {\n")
            .Append(CultureInfo.InvariantCulture, $"  tensor_name: \"{Escaped(name)}:{EmbeddingFolder.Number(step)}\"\n");
        if (embedding.Labels.Count > 0)
        {
            entry.Append(CultureInfo.InvariantCulture, $"  metadata_path: \"{folder}/metadata.tsv\"\n");
        }

        if (!embedding.Sprite.IsEmpty)
        {
            entry.Append(CultureInfo.InvariantCulture, $"  sprite {{\n    image_path: \"{folder}/sprite.png\"\n")
                .Append(CultureInfo.InvariantCulture, $"    single_image_dim: {embedding.SpriteWidth}\n")
                .Append(CultureInfo.InvariantCulture, $"    single_image_dim: {embedding.SpriteHeight}\n  }}\n");
        }

        return entry.Append(CultureInfo.InvariantCulture, $"  tensor_path: \"{folder}/tensors.tsv\"\n}}\n").ToString();
    }

    /// <summary>A text as the <see href="https://protobuf.dev/reference/protobuf/textformat-spec/">text format</see> quotes it.</summary>
    private static string Escaped(string text) => string.Concat(Encoding.UTF8.GetBytes(text).Select(value => value switch
    {
        (byte)'"' or (byte)'\\' => $"\\{(char)value}",
        >= 0x20 and < 0x7F => ((char)value).ToString(),
        _ => "\\" + Convert.ToString(value, 8).PadLeft(3, '0'),
    }));
}
