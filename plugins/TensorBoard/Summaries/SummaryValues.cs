using System.Runtime.InteropServices;
using Google.Protobuf;
using PluginLoggers.TensorBoard.Protos;

namespace PluginLoggers.TensorBoard;

/// <summary>
/// What is logged as values of a
/// <see href="https://github.com/tensorflow/tensorflow/blob/v2.16.1/tensorflow/core/framework/summary.proto">Summary</see>, in torch's
/// form.
/// </summary>
internal static class SummaryValues
{
    /// <summary>What torch appends to the tag of a text.</summary>
    public const string TextSuffix = "/text_summary";

    /// <summary>A tensor of one text, rendered as Markdown by the TEXT tab.</summary>
    public static Summary.Types.Value Text(string tag, string text) => new()
    {
        Tag = tag,
        Metadata = Metadata("text", ByteString.Empty),
        Tensor = new TensorProto
        {
            Dtype = DataType.DtString,
            TensorShape = new TensorShapeProto { Dim = { new TensorShapeProto.Types.Dim { Size = 1 } } },
            StringVal = { ByteString.CopyFromUtf8(text) },
        },
    };

    public static Summary.Types.Value Image(string tag, ImageData image) => new()
    {
        Tag = tag,
        Image = new Summary.Types.Image
        {
            Height = image.Height,
            Width = image.Width,
            Colorspace = image.Channels,
            EncodedImageString = UnsafeByteOperations.UnsafeWrap(image.Encoded),
        },
    };

    public static Summary.Types.Value Histogram(string tag, HistogramData histogram) => new()
    {
        Tag = tag,
        Histo = new HistogramProto
        {
            Min = histogram.Min,
            Max = histogram.Max,
            Num = histogram.Count,
            Sum = histogram.Sum,
            SumSquares = histogram.SumOfSquares,
            BucketLimit = { MemoryMarshal.ToEnumerable(histogram.BucketLimits) },
            Bucket = { MemoryMarshal.ToEnumerable(histogram.BucketCounts) },
        },
    };

    public static Summary.Types.Value Audio(string tag, AudioData audio) => new()
    {
        Tag = tag,
        Audio = new Summary.Types.Audio
        {
            SampleRate = audio.SampleRate,
            NumChannels = audio.Channels,
            LengthFrames = audio.Frames,
            EncodedAudioString = UnsafeByteOperations.UnsafeWrap(audio.Wav),
            ContentType = "audio/wav",
        },
    };

    public static SummaryMetadata Metadata(string plugin, ByteString content) =>
        new() { PluginData = new SummaryMetadata.Types.PluginData { PluginName = plugin, Content = content } };
}
