namespace PluginLoggers.TensorBoard.Tests;

/// <summary>A run that is read gives what TensorBoard's own reader sees in it.</summary>
public sealed class ReadingGoldenTests
{
    /// <summary>What no logger takes.</summary>
    private static readonly string[] Unloggable = ["_hparams_/session_end_info", "step1"];

    /// <summary>Why a file ends, in TensorBoard's words and in ours.</summary>
    private static readonly Dictionary<string, string?> Reasons = new()
    {
        ["eof"] = null,
        ["data_loss: it has truncated record in header"] =
            "the file ends within a record, which is being written now or never was finished",
        ["data_loss: it has truncated record in data"] = "the file ends within a record, which is being written now or never was finished",
        ["data_loss: it has truncated record in data crc"] =
            "the file ends within a record, which is being written now or never was finished",
        ["data_loss: it failed header crc32 check"] = "the checksum of its length is wrong",
        ["data_loss: it failed event crc32 check"] = "the checksum of its bytes is wrong",
    };

    /// <summary>
    /// The steps of points that TensorBoard takes away again when a later record says that the run went back. Reading keeps them: what was
    /// logged once cannot be taken back from a logger, and whoever reads a run a second time counts on the same calls.
    /// </summary>
    private static readonly Dictionary<string, long[]> TakenAway = new()
    {
        ["purge_step_both"] = [5, 5, 6, 6, 7, 7, 8, 8, 9, 9],
        ["no_file_version"] = [2, 3, 4],
    };

    public static TheoryData<string> Cases => [.. GoldenCase.All];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_run_holds_what_TensorBoard_sees(string golden)
    {
        var seen = SeenPoint.InGolden(golden);

        var runs = ImportedRun.ReadAll(GoldenCase.FolderOf(golden));

        Assert.Equal(seen.Keys.Order(), runs.Keys.Order());
        foreach (var (name, points) in seen)
        {
            var read = runs[name].Points;
            if (TakenAway.TryGetValue(golden, out var steps))
            {
                var more = read.Except(points).ToList();
                Assert.Equal(steps, more.Select(point => point.Step));
                read.RemoveAll(more.Contains);
            }

            Assert.Equal(ByTag(points.Where(point => !Unloggable.Contains(point.Tag)).Select(Rounded)), ByTag(read));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_file_is_read_as_far_as_TensorBoard_reads_it_and_says_why_it_ends(string golden)
    {
        foreach (var (name, (records, end)) in SeenPoint.FilesInGolden(golden))
        {
            var path = Path.Combine(GoldenCase.FolderOf(golden), name);
            using var reader = new EventFileReader(path);
            var read = 0;
            while (reader.Read() is not null)
            {
                read++;
            }

            var damage = ImportedRun.Read(Assert.Single(new TensorBoardPlugin().FindRuns(path))).Damage;
            Assert.Equal(records, read);
            Assert.Equal(Reasons[end], damage.Count == 0 ? null : Assert.Single(damage).Reason);
            Assert.All(damage, defect => Assert.Equal((Path.GetFileName(path), reader.Offset), (defect.File, defect.Offset)));
        }
    }

    /// <summary>A moment is kept to 100 ns.</summary>
    private static SeenPoint Rounded(SeenPoint point) => point.WallTime == 1e-9 ? point with { WallTime = 0 } : point;

    private static IEnumerable<(string Tag, string Points)> ByTag(IEnumerable<SeenPoint> points) => points
        .GroupBy(point => point.Tag, (tag, all) => (tag, string.Join('\n', all)))
        .OrderBy(tag => tag.tag, StringComparer.Ordinal);
}
