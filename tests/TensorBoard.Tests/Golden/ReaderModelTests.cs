namespace PluginLoggers.TensorBoard.Tests;

/// <summary>The model of the Python reader, by which the tests of resuming judge, sees in golden files what the real one sees.</summary>
public sealed class ReaderModelTests
{
    [Theory]
    [InlineData("purge_step")]
    [InlineData("purge_step_both")]
    [InlineData("no_file_version")]
    [InlineData("scalars_basic")]
    public void The_model_of_the_Python_reader_keeps_what_the_real_one_keeps(string golden)
    {
        var events = GoldenCase.FilesOf(golden).SelectMany(DecodedRecord.ReadFile).Select(record => record.Event);

        var shown = TensorBoardReaders.Python(events).SelectMany(tag =>
            tag.Value.Select(point => new SeenPoint(tag.Key, point.WallTime, point.Step, SeenPoint.Scalar(point.Value))));

        Assert.Equal(SeenPoint.InGolden(golden)[""], shown);
    }
}
