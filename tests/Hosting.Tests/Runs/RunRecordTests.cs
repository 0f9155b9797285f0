using PluginLoggers.Hosting.Runs;

namespace PluginLoggers.Hosting.Tests.Runs;

public sealed class RunRecordTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    private string FilePath => Path.Combine(_folder.FullName, "run.json");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void What_was_written_is_read()
    {
        var written = Some() with
        {
            Status = RunStatus.Failed,
            Ended = Some().Created.AddHours(1),
            ParentRunId = "0f",
            Incomplete = true,
            LargestStep = long.MaxValue,
            LastJournal = 3,
            Tags = new Dictionary<string, string> { ["team"] = "a", ["ünïcödé \n\"🙂"] = "" },
            Loggers = new Dictionary<string, AttachedLogger>
            {
                ["csv"] = new() { Type = "Csv", Location = "/runs/metrics.csv", Options = new Dictionary<string, string?> { ["FlushEvery"] = "3", ["Empty"] = null } },
            },
        };

        written.Write(FilePath);
        var read = RunRecord.Read(FilePath);

        Assert.Equivalent(written, read, strict: true);
    }

    [Fact]
    public void The_file_is_text_for_people_too()
    {
        Some().Write(FilePath);

        Assert.Equal(
            """
            {
              "schema": 1,
              "runId": "00112233445566778899aabbccddeeff",
              "name": "digits",
              "version": "version_0",
              "status": "Running",
              "created": "2026-01-02T03:04:05+00:00",
              "incomplete": false,
              "lastJournal": 0,
              "tags": {},
              "loggers": {}
            }
            """.ReplaceLineEndings(),
            File.ReadAllText(FilePath).ReplaceLineEndings());
    }

    [Fact]
    public void What_an_older_or_another_program_left_out_or_added_is_no_mistake()
    {
        File.WriteAllText(FilePath, """{"runId":"ff","name":"n","version":"v","created":"2026-01-02T03:04:05Z","color":{"red":[1,2]}}""");

        var record = RunRecord.Read(FilePath);

        Assert.Equal("ff", record.RunId);
        Assert.Equal(RunStatus.Running, record.Status);
        Assert.Empty(record.Tags);
    }

    [Fact]
    public void A_newer_programs_record_is_refused_whatever_else_it_holds()
    {
        File.WriteAllText(FilePath, """{"schema":2,"id":7}""");

        var mistake = Assert.Throws<InvalidDataException>(() => RunRecord.Read(FilePath));

        Assert.Contains(FilePath, mistake.Message, StringComparison.Ordinal);
        Assert.Contains("newer PluginLoggers", mistake.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{"schema":"one"}""")]
    [InlineData("""{"runId":"","name":"n","version":"v","created":"2026-01-02T03:04:05Z"}""")]
    [InlineData("""{"runId":null,"name":"n","version":"v","created":"2026-01-02T03:04:05Z"}""")]
    [InlineData("""{"runId":"ff","name":"n","version":"v","created":"yesterday"}""")]
    [InlineData("""{"runId":"ff","name":"n","version":"v","created":"2026-01-02T03:04:05Z","status":"Sleeping"}""")]
    [InlineData("""{"runId":"ff","name":"n","version":"v","created":"2026-01-02T03:04:05Z","status":99}""")]
    [InlineData("""{"runId":"ff","name":"n","version":"v","created":"2026-01-02T03:04:05Z","tags":null}""")]
    [InlineData("""{"runId":"ff","name":"n","version":"v","created":"2026-01-02T03:04:05Z","tags":{"a":null}}""")]
    [InlineData("""{"runId":"ff","name":"n","version":"v","created":"2026-01-02T03:04:05Z","loggers":{"csv":null}}""")]
    [InlineData("""{"runId":"ff","name":"n","version":"v","created":"2026-01-02T03:04:05Z"} trailing""")]
    public void What_is_no_record_is_told_with_the_file_and_the_cure(string content)
    {
        File.WriteAllText(FilePath, content);

        var mistake = Assert.Throws<InvalidDataException>(() => RunRecord.Read(FilePath));

        Assert.Contains(FilePath, mistake.Message, StringComparison.Ordinal);
        Assert.Contains("Move it away", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_of_absurd_length_is_refused_unread()
    {
        using (var file = File.Create(FilePath))
        {
            file.SetLength(3L * 1024 * 1024 * 1024);
        }

        Assert.Contains(
            "larger than", Assert.Throws<InvalidDataException>(() => RunRecord.Read(FilePath)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_happens_to_the_bytes_it_is_a_record_or_a_clear_mistake()
    {
        Some().Write(FilePath);
        var whole = File.ReadAllBytes(FilePath);
        var random = new Random(7);
        for (var i = 0; i < 1000; i++)
        {
            var bytes = whole[..random.Next(whole.Length + 1)];
            if (bytes.Length > 0)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            File.WriteAllBytes(FilePath, bytes);
            try
            {
                Assert.NotNull(RunRecord.Read(FilePath).RunId);
            }
            catch (InvalidDataException mistake)
            {
                Assert.Contains(FilePath, mistake.Message, StringComparison.Ordinal);
            }
        }

    }

    private static RunRecord Some() => new()
    {
        RunId = "00112233445566778899aabbccddeeff",
        Name = "digits",
        Version = "version_0",
        Created = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
    };
}
