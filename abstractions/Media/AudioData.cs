using System.Buffers.Binary;

namespace PluginLoggers;

/// <summary>Sound as the bytes of a WAV file. Immutable.</summary>
public sealed class AudioData
{
    private const int HeaderLength = 44;

    private AudioData(ReadOnlyMemory<byte> wav, int sampleRate, int channels, long frames) =>
        (Wav, SampleRate, Channels, Frames) = (wav, sampleRate, channels, frames);

    /// <summary>The bytes of the WAV file.</summary>
    public ReadOnlyMemory<byte> Wav { get; }

    /// <summary>Frames a second.</summary>
    public int SampleRate { get; }

    /// <summary>How many channels there are.</summary>
    public int Channels { get; }

    /// <summary>The length in frames: one sample of each channel.</summary>
    public long Frames { get; }

    /// <summary>How long it plays.</summary>
    public TimeSpan Duration => TimeSpan.FromSeconds((double)Frames / SampleRate);

    /// <summary>Makes 16-bit PCM of samples, -1 to 1; what lies outside is clipped, and NaN is silence.</summary>
    /// <param name="samples">Frame after frame, the channels of a frame side by side.</param>
    /// <param name="sampleRate">Frames a second.</param>
    /// <param name="channels">How many channels there are.</param>
    /// <exception cref="ArgumentException">The samples are not whole frames, or do not fit into a record.</exception>
    public static AudioData FromSamples(ReadOnlySpan<float> samples, int sampleRate = 44_100, int channels = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sampleRate);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(channels);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(channels, ushort.MaxValue / 2);
        if (samples.Length % channels != 0)
        {
            throw new ArgumentException(
                $"Found {samples.Length} samples, which are no whole frames of {channels} channels.", nameof(samples));
        }

        if (samples.Length > RecordLimits.MaxRecordBytes / 2)
        {
            throw new ArgumentException(
                $"Found {samples.Length} samples; a record holds {RecordLimits.MaxRecordBytes / 2}. Log a file as an artifact.",
                nameof(samples));
        }

        var wav = new byte[HeaderLength + (samples.Length * 2)];
        WriteHeader(wav, sampleRate, channels);
        for (var i = 0; i < samples.Length; i++)
        {
            var sample = float.IsNaN(samples[i]) ? 0 : Math.Clamp(samples[i], -1, 1);
            BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(HeaderLength + (i * 2)), (short)(sample * short.MaxValue));
        }

        return new AudioData(wav, sampleRate, channels, samples.Length / channels);
    }

    /// <summary>Takes sound that is a WAV file already.</summary>
    /// <param name="wav">The bytes of the file; they are not copied, and must not change.</param>
    /// <exception cref="ArgumentException">The bytes are no WAV file, or one without <c>fmt</c> and <c>data</c>.</exception>
    public static AudioData FromWav(ReadOnlyMemory<byte> wav)
    {
        var file = wav.Span;
        if (file.Length < 12 || !file.StartsWith("RIFF"u8) || !file[8..].StartsWith("WAVE"u8))
        {
            throw new ArgumentException("The bytes are no WAV file. For samples, use FromSamples.", nameof(wav));
        }

        int sampleRate = 0, channels = 0, frameLength = 0;
        for (long at = 12; at + 8 <= file.Length;)
        {
            var chunk = file[(int)at..];
            long length = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
            if (chunk.StartsWith("fmt "u8) && chunk.Length >= 24)
            {
                channels = BinaryPrimitives.ReadUInt16LittleEndian(chunk[10..]);
                sampleRate = BinaryPrimitives.ReadInt32LittleEndian(chunk[12..]);
                frameLength = BinaryPrimitives.ReadUInt16LittleEndian(chunk[20..]);
            }
            else if (chunk.StartsWith("data"u8) && sampleRate > 0 && channels > 0 && frameLength > 0)
            {
                return new AudioData(wav, sampleRate, channels, Math.Min(length, chunk.Length - 8) / frameLength);
            }

            at += 8 + length + (length & 1);
        }

        throw new ArgumentException("The WAV file has no format and data.", nameof(wav));
    }

    /// <summary>RIFF header of PCM, 16 bits a sample; see <see href="http://soundfile.sapp.org/doc/WaveFormat/"/>.</summary>
    private static void WriteHeader(Span<byte> wav, int sampleRate, int channels)
    {
        "RIFF"u8.CopyTo(wav);
        BinaryPrimitives.WriteInt32LittleEndian(wav[4..], wav.Length - 8);
        "WAVEfmt "u8.CopyTo(wav[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(wav[16..], 16);
        BinaryPrimitives.WriteInt16LittleEndian(wav[20..], 1);
        BinaryPrimitives.WriteUInt16LittleEndian(wav[22..], (ushort)channels);
        BinaryPrimitives.WriteInt32LittleEndian(wav[24..], sampleRate);
        BinaryPrimitives.WriteUInt32LittleEndian(wav[28..], (uint)Math.Min(uint.MaxValue, (long)sampleRate * channels * 2));
        BinaryPrimitives.WriteUInt16LittleEndian(wav[32..], (ushort)(channels * 2));
        BinaryPrimitives.WriteInt16LittleEndian(wav[34..], 16);
        "data"u8.CopyTo(wav[36..]);
        BinaryPrimitives.WriteInt32LittleEndian(wav[40..], wav.Length - HeaderLength);
    }
}
