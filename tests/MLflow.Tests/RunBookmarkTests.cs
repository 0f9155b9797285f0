namespace PluginLoggers.MLflow.Tests;

public sealed class RunBookmarkTests
{
    private static readonly TrackingServer Server = TrackingServer.From(new MLflowOptions { TrackingUri = "http://host:5000/path" }, _ =>
        null);

    [Fact]
    public void A_bookmark_is_read_back()
    {
        var run = new RunHandle("123456789012345678", new string('a', 32));
        var text = RunBookmark.Write(Server, run);
        Assert.Equal($"mlflow 1 57DD4DD17A9C6862 123456789012345678 {new string('a', 32)}".Length, text.Length);
        Assert.Equal(run, RunBookmark.Read(text, Server));
    }

    [Fact]
    public void A_bookmark_of_another_server_is_refused_and_credentials_make_no_other_server()
    {
        var text = RunBookmark.Write(Server, new RunHandle("1", "r"));
        var other = TrackingServer.From(new MLflowOptions { TrackingUri = "http://other:5000/path" }, _ => null);
        var same = TrackingServer.From(new MLflowOptions { TrackingUri = "http://me:secret@host:5000/path/" }, _ => null);
        Assert.Contains("another server", Assert.Throws<InvalidDataException>(() => RunBookmark.Read(text, other)).Message,
            StringComparison.Ordinal);
        Assert.Equal("r", RunBookmark.Read(text, same).RunId);
    }

    [Theory]
    [InlineData("")]
    [InlineData("mlflow")]
    [InlineData("mlflow 2 57DD4DD17A9C6862 1 r")]
    [InlineData("mlflow 1 57DD4DD17A9C6862 1")]
    [InlineData("mlflow 1 57DD4DD17A9C6862 1 r r")]
    [InlineData("mlflow 1 57DD4DD17A9C6862 1 ../x")]
    [InlineData("mlflow 1 57DD4DD17A9C6862  r")]
    [InlineData("{\"run\":1}")]
    public void Anything_else_is_refused(string text) => Assert.Throws<InvalidDataException>(() => RunBookmark.Read(text, Server));

    [Fact]
    public void Any_cut_or_flip_is_refused_or_read_as_an_id_but_never_fails_otherwise()
    {
        var text = RunBookmark.Write(Server, new RunHandle("1", new string('a', 32)));
        var random = new Random(7);
        for (var i = 0; i < 5000; i++)
        {
            var mutated = text.ToCharArray();
            mutated[random.Next(mutated.Length)] = (char)random.Next(0x250);
            try
            {
                var run = RunBookmark.Read(new string(mutated, 0, random.Next(mutated.Length + 1)), Server);
                Assert.Matches("^[A-Za-z0-9_-]+$", run.RunId);
            }
            catch (InvalidDataException)
            {
            }
        }
    }
}
