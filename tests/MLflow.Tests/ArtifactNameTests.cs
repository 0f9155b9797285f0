using System.Text;

namespace PluginLoggers.MLflow.Tests;

public sealed class ArtifactNameTests
{
    [Theory]
    [InlineData("model/é +&=@:;?\"😀.ckpt", "model/é +&=@:;?\"😀.ckpt")]
    [InlineData("100%.txt", "100_x0025_.txt")]
    [InlineData("a#b", "a_x0023_b")]
    [InlineData("..\\..\\escaped", ".._x005C_.._x005C_escaped")]
    [InlineData("../../escaped", "_x002E_./_x002E_./escaped")]
    [InlineData("/etc/passwd", "_x002F_etc/passwd")]
    public void What_the_way_to_the_server_would_change_is_mapped(string name, string expected) =>
        Assert.Equal(expected, ArtifactName.Map(name));

    [Fact]
    public void A_segment_too_long_for_a_file_name_is_cut_and_keeps_its_extension()
    {
        var name = ArtifactName.Map($"short/{new string('指', 300)}.ckpt");
        Assert.StartsWith("short/指", name, StringComparison.Ordinal);
        Assert.EndsWith("_.ckpt", name, StringComparison.Ordinal);
        Assert.All(name.Split('/'), segment => Assert.InRange(Encoding.UTF8.GetByteCount(segment), 1, 255));
        Assert.NotEqual(name, ArtifactName.Map($"short/{new string('指', 301)}.ckpt"));
    }

    [Theory]
    [InlineData("val/dog", "val.dog")]
    [InlineData("val.dog", "val_x002E_dog")]
    [InlineData("a+b%c#d", "a_x002B_b_x0025_c_x0023_d")]
    public void The_key_of_an_image_has_no_character_that_the_UI_cuts_at(string key, string expected) =>
        Assert.Equal(expected, ArtifactName.MapImageKey(key));

    [Fact]
    public void A_long_key_of_an_image_leaves_room_for_the_rest_of_the_file_name()
    {
        Assert.InRange(Encoding.UTF8.GetByteCount(ArtifactName.MapImageKey(new string('指', 100))), 1, 140);
        Assert.NotEqual(ArtifactName.MapImageKey(new string('x', 200)), ArtifactName.MapImageKey(new string('x', 201)));
    }
}
