namespace PluginLoggers;

/// <summary>The order of an image's values.</summary>
public enum ImageLayout
{
    /// <summary>Row by row, the channels of a pixel side by side (HWC).</summary>
    HeightWidthChannel,

    /// <summary>One channel after the other, each row by row (CHW).</summary>
    ChannelHeightWidth,
}
