using System.Buffers.Binary;
using PluginLoggers.Abstractions.Tests.Golden;

namespace PluginLoggers.Abstractions.Tests.Media;

public class AudioDataTests
{
    [Theory]
    [InlineData("snd.wav", 1, 8000)]
    [InlineData("clip.wav", 2, 44_100)]
    public void Samples_become_the_wav_that_torch_writes(string golden, int amplitude, int sampleRate)
    {
        // What the golden file was made of: torch.sin(torch.linspace(0, 20, 800)) * amplitude.
        var samples = Enumerable.Range(0, 800).Select(i => (float)(amplitude * Math.Sin(20.0 * i / 799))).ToArray();
        var audio = AudioData.FromSamples(samples, sampleRate);

        Assert.Equal(GoldenFile.Bytes(golden), audio.Wav.ToArray());
        Assert.Equal((sampleRate, 1, 800L), (audio.SampleRate, audio.Channels, audio.Frames));
    }

    [Fact]
    public void A_wav_is_read_back_as_it_was_written()
    {
        var written = AudioData.FromSamples(new float[12], sampleRate: 6, channels: 2);
        var read = AudioData.FromWav(written.Wav);
        Assert.Equal((6, 2, 6L, TimeSpan.FromSeconds(1)), (read.SampleRate, read.Channels, read.Frames, read.Duration));
    }

    [Fact]
    public void Samples_outside_are_clipped_and_NaN_is_silence()
    {
        var wav = AudioData.FromSamples([1.5f, -1.5f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, 1, -1, 0.99999f])
            .Wav.Span[44..];
        short[] samples = new short[8];
        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] = BinaryPrimitives.ReadInt16LittleEndian(wav[(i * 2)..]);
        }

        Assert.Equal([32767, -32767, 0, 32767, -32767, 32767, -32767, 32766], samples);
    }

    [Fact]
    public void Other_chunks_are_passed_over_odd_ones_with_their_padding()
    {
        var pcm = AudioData.FromSamples(new float[4], sampleRate: 8000).Wav.Span;
        byte[] wav = [.. pcm[..12], .. "LIST"u8, 3, 0, 0, 0, 1, 2, 3, 0, .. pcm[12..36], .. "fact"u8, 0, 0, 0, 0, .. pcm[36..]];
        Assert.Equal(4, AudioData.FromWav(wav).Frames);
    }

    [Fact]
    public void A_length_beyond_the_end_counts_what_is_there()
    {
        var wav = AudioData.FromSamples(new float[4]).Wav.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(wav.AsSpan(40), uint.MaxValue);
        Assert.Equal(4, AudioData.FromWav(wav).Frames);
    }

    [Fact]
    public void What_is_no_wav_is_refused()
    {
        Assert.Throws<ArgumentException>(() => AudioData.FromWav(default));
        Assert.Throws<ArgumentException>(() => AudioData.FromWav("RIFF....WAVE"u8.ToArray()));
        Assert.Throws<ArgumentException>(() => AudioData.FromWav(new byte[100]));
        var negative = AudioData.FromSamples(new float[4]).Wav.ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(negative.AsSpan(24), -8000);
        Assert.Throws<ArgumentException>(() => AudioData.FromWav(negative));
    }

    [Fact]
    public void Arguments_that_make_no_sense_are_refused()
    {
        Assert.Throws<ArgumentException>(() => AudioData.FromSamples(new float[3], channels: 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => AudioData.FromSamples(new float[3], sampleRate: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => AudioData.FromSamples(new float[3], channels: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => AudioData.FromSamples(new float[40_000], channels: 40_000));
        Assert.Throws<ArgumentException>(() => AudioData.FromSamples(new float[(RecordLimits.MaxRecordBytes / 2) + 1]));
    }

    [Fact]
    public void Damaged_files_are_refused_or_have_a_length()
    {
        var random = new Random(21);
        var whole = AudioData.FromSamples(new float[8], sampleRate: 8000, channels: 2).Wav.ToArray();
        for (var i = 0; i < 20_000; i++)
        {
            var wav = whole.ToArray();
            for (var damage = random.Next(1, 6); damage > 0; damage--)
            {
                wav[random.Next(wav.Length)] = (byte)random.Next(256);
            }

            try
            {
                var audio = AudioData.FromWav(wav.AsMemory(0, random.Next(wav.Length + 1)));
                Assert.True(audio is { SampleRate: > 0, Channels: > 0, Frames: >= 0 } && audio.Frames <= wav.Length && audio.Duration >= TimeSpan.Zero);
            }
            catch (ArgumentException)
            {
                // Refused, which is right for what is damaged.
            }
        }
    }
}
