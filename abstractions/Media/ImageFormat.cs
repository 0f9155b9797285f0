namespace PluginLoggers;

/// <summary>The format of an image's bytes.</summary>
public enum ImageFormat
{
    /// <summary>PNG, <see href="https://www.w3.org/TR/png-3/"/>.</summary>
    Png,

    /// <summary>JPEG.</summary>
    Jpeg,

    /// <summary>GIF.</summary>
    Gif,
}
