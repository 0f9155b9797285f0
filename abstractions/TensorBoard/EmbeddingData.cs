namespace PluginLoggers;

/// <summary>
/// Points of many dimensions, for TensorBoard's <see href="https://projector.tensorflow.org">projector</see>. Immutable; the arrays given
/// are not copied, and must not change.
/// </summary>
public sealed class EmbeddingData
{
    /// <summary>Takes vectors and what is known of each.</summary>
    /// <param name="vectors">One vector after the other.</param>
    /// <param name="dimensions">How many numbers a vector has.</param>
    /// <param name="labels">What each vector is, a line of text; empty for nothing.</param>
    /// <param name="sprite">
    /// Small images of the vectors, all of one size, row by row from left to right in one square image; null for none.
    /// </param>
    /// <param name="spriteWidth">The width of one small image, in pixels.</param>
    /// <param name="spriteHeight">The height of one small image, in pixels.</param>
    /// <exception cref="ArgumentException">
    /// There are no whole vectors, not as many labels as vectors, or the sprite has no size or no room for them all.
    /// </exception>
    public EmbeddingData(
        ReadOnlyMemory<float> vectors,
        int dimensions,
        IReadOnlyList<string>? labels = null,
        ImageData? sprite = null,
        int spriteWidth = 0,
        int spriteHeight = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(dimensions);
        if (vectors.IsEmpty || vectors.Length % dimensions != 0)
        {
            throw new ArgumentException($"Found {vectors.Length} numbers, which are no whole vectors of {dimensions}.", nameof(vectors));
        }

        (Vectors, Dimensions, Labels) = (vectors, dimensions, labels ?? []);
        (Sprite, SpriteWidth, SpriteHeight) = (sprite, spriteWidth, spriteHeight);
        if (Labels.Count > 0 && Labels.Count != Count)
        {
            throw new ArgumentException(
                $"Found {Labels.Count} labels for {Count} vectors; there is one each, or none at all.", nameof(labels));
        }

        if (sprite is not null)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(spriteWidth);
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(spriteHeight);
            if ((long)(sprite.Width / spriteWidth) * (sprite.Height / spriteHeight) < Count)
            {
                throw new ArgumentException(
                    $"The sprite of {sprite.Width} x {sprite.Height} pixels "
                    + $"has no room for {Count} images of {spriteWidth} x {spriteHeight}.",
                    nameof(sprite));
            }
        }
    }

    /// <summary>One vector after the other.</summary>
    public ReadOnlyMemory<float> Vectors { get; }

    /// <summary>How many numbers a vector has.</summary>
    public int Dimensions { get; }

    /// <summary>How many vectors there are.</summary>
    public int Count => Vectors.Length / Dimensions;

    /// <summary>What each vector is; empty for nothing.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>Small images of the vectors in one; null for none.</summary>
    public ImageData? Sprite { get; }

    /// <summary>The width of one small image, in pixels.</summary>
    public int SpriteWidth { get; }

    /// <summary>The height of one small image, in pixels.</summary>
    public int SpriteHeight { get; }

    internal byte[] ToPayload()
    {
        var message = new ProtoWriter().Number(1, (ulong)Dimensions).Floats(2, Vectors.Span);
        foreach (var label in Labels)
        {
            message.Item(3, label);
        }

        return Sprite is null
            ? message.ToArray()
            : message.Bytes(4, Sprite.Encoded.Span).Number(5, (ulong)SpriteWidth).Number(6, (ulong)SpriteHeight).ToArray();
    }
}
