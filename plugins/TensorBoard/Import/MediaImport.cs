using PluginLoggers.TensorBoard.Protos;
using Value = PluginLoggers.TensorBoard.Protos.Summary.Types.Value;

namespace PluginLoggers.TensorBoard;

/// <summary>
/// Logs texts, images, histograms and sounds, in the form that torch writes and in that of TensorFlow 2, which is tensors.
/// </summary>
internal static class MediaImport
{
    /// <returns>False for what is none of these, or in a form that the contract has not.</returns>
    public static bool TryLog(ILightningLogger logger, string tag, string? plugin, Value value, long step) => value.ValueCase switch
    {
        Value.ValueOneofCase.Image => Image(value.Image.EncodedImageString.Memory) is { } image
            && Log(() => logger.LogImage(tag, image, step)),
        Value.ValueOneofCase.Audio => Audio(value.Audio.EncodedAudioString.Memory) is { } audio
            && Log(() => logger.LogAudio(tag, audio, step)),
        Value.ValueOneofCase.Histo => Histogram(value.Histo) is { } histogram && Log(() => logger.LogHistogram(tag, histogram, step)),
        Value.ValueOneofCase.Tensor => TryLogTensor(logger, tag, plugin, value.Tensor, step),
        _ => false,
    };

    private static bool TryLogTensor(ILightningLogger logger, string tag, string? plugin, TensorProto tensor, long step) => plugin switch
    {
        "text" when Tensors.Strings(tensor) is [var text] => Log(() => logger.LogText(NameOfText(tag), text.ToStringUtf8(), step)),
        "histograms" when Tensors.Histogram(tensor) is { } histogram => Log(() => logger.LogHistogram(tag, histogram, step)),

        // The width and the height stand before the images of the step.
        "images" when Tensors.Strings(tensor) is { Length: > 2 } images =>
            TryLogEach(tag, images.Select(bytes => Image(bytes.Memory)).Skip(2), (name, image) => logger.LogImage(name, image, step)),
        "audio" when Tensors.Strings(tensor) is { Length: > 0 } sounds =>
            TryLogEach(tag, Sounds(tensor, sounds), (name, audio) => logger.LogAudio(name, audio, step)),
        _ => false,
    };

    /// <summary>A step has one image of a name; more of them get a number, as TensorFlow 1 gave it.</summary>
    private static bool TryLogEach<T>(string tag, IEnumerable<T?> items, Action<string, T> log)
        where T : class
    {
        var list = items.ToList();
        if (list.Contains(null))
        {
            return false;
        }

        for (var i = 0; i < list.Count; i++)
        {
            log(list.Count == 1 ? tag : FormattableString.Invariant($"{tag}/{i}"), list[i]!);
        }

        return true;
    }

    /// <summary>Sounds, or pairs of a sound and its label.</summary>
    private static IEnumerable<AudioData?> Sounds(TensorProto tensor, Google.Protobuf.ByteString[] strings) =>
        strings.Where((_, i) => tensor.TensorShape?.Dim.Count != 2 || i % 2 == 0).Select(bytes => Audio(bytes.Memory));

    private static string NameOfText(string tag) =>
        tag.EndsWith(SummaryValues.TextSuffix, StringComparison.Ordinal) ? tag[..^SummaryValues.TextSuffix.Length] : tag;

    private static bool Log(Action log)
    {
        log();
        return true;
    }

    private static ImageData? Image(ReadOnlyMemory<byte> bytes) => Valid(() => ImageData.FromEncoded(bytes));

    private static AudioData? Audio(ReadOnlyMemory<byte> bytes) => Valid(() => AudioData.FromWav(bytes));

    private static HistogramData? Histogram(HistogramProto histogram) => Valid(() => new HistogramData(
        histogram.Min,
        histogram.Max,
        histogram.Num,
        histogram.Sum,
        histogram.SumSquares,
        histogram.BucketLimit.ToArray(),
        histogram.Bucket.ToArray()));

    private static T? Valid<T>(Func<T> make)
        where T : class
    {
        try
        {
            return make();
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
