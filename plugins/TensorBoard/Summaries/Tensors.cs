using System.Buffers.Binary;
using Google.Protobuf;
using PluginLoggers.TensorBoard.Protos;

namespace PluginLoggers.TensorBoard;

/// <summary>
/// What tensors hold: bytes win over the list of their type. A list shorter than the shape is refused, whatever the shape claims.
/// </summary>
internal static class Tensors
{
    /// <summary>The only element as a number; null for a tensor of several, of none, or of no numbers.</summary>
    public static double? Scalar(TensorProto tensor) => Numbers(tensor) is [var number] ? number : null;

    /// <summary>The elements of a tensor of strings, row after row; null for any other.</summary>
    public static ByteString[]? Strings(TensorProto tensor) =>
        tensor.Dtype == DataType.DtString && Matches(tensor, tensor.StringVal.Count) ? [.. tensor.StringVal] : null;

    /// <summary>
    /// A histogram in TensorFlow 2's form, [buckets, 3]: left edge, right edge, count. What that form does not keep, the sums, is estimated
    /// from the middle of each bucket.
    /// </summary>
    public static HistogramData? Histogram(TensorProto tensor)
    {
        if (tensor.TensorShape?.Dim is not [_, { Size: 3 }] || Numbers(tensor) is not { } cells)
        {
            return null;
        }

        var (limits, counts) = (new List<double>(), new List<double>());
        var (count, sum, sumOfSquares) = (0.0, 0.0, 0.0);
        for (var i = 0; i < cells.Length; i += 3)
        {
            var (left, right, bucket) = (cells[i], cells[i + 1], cells[i + 2]);
            if (double.IsNaN(right) || (limits.Count > 0 && right < limits[^1]))
            {
                return null;
            }

            if (limits.Count > 0 && right == limits[^1])
            {
                // Where all values are the same, so are all edges.
                counts[^1] += bucket;
            }
            else
            {
                limits.Add(right);
                counts.Add(bucket);
            }

            var middle = (left / 2) + (right / 2);
            (count, sum, sumOfSquares) = (count + bucket, sum + (bucket * middle), sumOfSquares + (bucket * middle * middle));
        }

        var (min, max) = cells.Length > 0 ? (cells[0], limits[^1]) : (0, 0);
        return new HistogramData(min, max, count, sum, sumOfSquares, limits.ToArray(), counts.ToArray());
    }

    /// <summary>The elements as numbers, row after row; null for a tensor of something else, or one that does not fit its shape.</summary>
    public static double[]? Numbers(TensorProto tensor)
    {
        var numbers = tensor.TensorContent.IsEmpty ? FromList(tensor) : FromContent(tensor.Dtype, tensor.TensorContent.Span);
        return numbers is not null && Matches(tensor, numbers.Length) ? numbers : null;
    }

    private static double[]? FromList(TensorProto tensor) => tensor.Dtype switch
    {
        DataType.DtFloat => [.. tensor.FloatVal.Select(value => (double)value)],
        DataType.DtDouble => [.. tensor.DoubleVal],
        DataType.DtInt32 or DataType.DtUint8 or DataType.DtInt16 or DataType.DtInt8 or DataType.DtUint16 =>
            [.. tensor.IntVal.Select(value => (double)value)],
        DataType.DtInt64 => [.. tensor.Int64Val.Select(value => (double)value)],
        DataType.DtUint32 => [.. tensor.Uint32Val.Select(value => (double)value)],
        DataType.DtUint64 => [.. tensor.Uint64Val.Select(value => (double)value)],
        DataType.DtBool => [.. tensor.BoolVal.Select(value => value ? 1.0 : 0.0)],
        DataType.DtHalf => [.. tensor.HalfVal.Select(value => (double)BitConverter.UInt16BitsToHalf((ushort)value))],
        DataType.DtBfloat16 => [.. tensor.HalfVal.Select(value => (double)FromBfloat16((ushort)value))],
        _ => null,
    };

    private static double[]? FromContent(DataType type, ReadOnlySpan<byte> bytes) => type switch
    {
        DataType.DtFloat => Read(bytes, sizeof(float), static span => BinaryPrimitives.ReadSingleLittleEndian(span)),
        DataType.DtDouble => Read(bytes, sizeof(double), static span => BinaryPrimitives.ReadDoubleLittleEndian(span)),
        DataType.DtInt32 => Read(bytes, sizeof(int), static span => BinaryPrimitives.ReadInt32LittleEndian(span)),
        DataType.DtUint32 => Read(bytes, sizeof(uint), static span => BinaryPrimitives.ReadUInt32LittleEndian(span)),
        DataType.DtInt64 => Read(bytes, sizeof(long), static span => BinaryPrimitives.ReadInt64LittleEndian(span)),
        DataType.DtUint64 => Read(bytes, sizeof(ulong), static span => BinaryPrimitives.ReadUInt64LittleEndian(span)),
        DataType.DtInt16 => Read(bytes, sizeof(short), static span => BinaryPrimitives.ReadInt16LittleEndian(span)),
        DataType.DtUint16 => Read(bytes, sizeof(ushort), static span => BinaryPrimitives.ReadUInt16LittleEndian(span)),
        DataType.DtInt8 => Read(bytes, sizeof(sbyte), static span => (sbyte)span[0]),
        DataType.DtUint8 => Read(bytes, sizeof(byte), static span => span[0]),
        DataType.DtBool => Read(bytes, sizeof(byte), static span => span[0] == 0 ? 0 : 1),
        DataType.DtHalf => Read(bytes, sizeof(ushort), static span => (double)BinaryPrimitives.ReadHalfLittleEndian(span)),
        DataType.DtBfloat16 => Read(bytes, sizeof(ushort), static span => FromBfloat16(BinaryPrimitives.ReadUInt16LittleEndian(span))),
        _ => null,
    };

    private static double[]? Read(ReadOnlySpan<byte> bytes, int size, Func<ReadOnlySpan<byte>, double> read)
    {
        if (bytes.Length % size != 0)
        {
            return null;
        }

        var numbers = new double[bytes.Length / size];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = read(bytes[(i * size)..]);
        }

        return numbers;
    }

    private static float FromBfloat16(ushort bits) => BitConverter.UInt32BitsToSingle((uint)bits << 16);

    /// <summary>Whether a shape has so many elements; one without dimensions has 1.</summary>
    private static bool Matches(TensorProto tensor, int count)
    {
        var elements = 1L;
        foreach (var dim in tensor.TensorShape?.Dim ?? [])
        {
            if (dim.Size < 0 || dim.Size > int.MaxValue || (elements *= dim.Size) > int.MaxValue)
            {
                return false;
            }
        }

        return elements == count;
    }
}
