using System.Text.Json;
using PluginLoggers.Hosting.Storage;

namespace PluginLoggers.Hosting.Runs;

/// <summary>Who writes a run, for the others to read.</summary>
internal sealed record LockOwner
{
    /// <summary>The name of the computer, or of the container.</summary>
    public required string Host { get; init; }

    /// <summary>
    /// What tells one running kernel from all others: containers of one computer share it, and with it their file locks. Null where
    /// unknown.
    /// </summary>
    public string? Boot { get; init; }

    /// <summary>The process.</summary>
    public required int ProcessId { get; init; }

    /// <summary>The program, without its arguments: there may be secrets in them.</summary>
    public required string Program { get; init; }

    /// <summary>Since when it writes the run.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>What for.</summary>
    public LockPurpose Purpose { get; init; }

    /// <summary>This process.</summary>
    public static LockOwner Current(LockPurpose purpose, TimeProvider time) => new()
    {
        Host = Environment.MachineName,
        Boot = CurrentBoot(),
        ProcessId = Environment.ProcessId,
        Program = Path.GetFileNameWithoutExtension(Environment.GetCommandLineArgs()[0]),
        Since = time.GetUtcNow(),
        Purpose = purpose,
    };

    /// <summary>
    /// Whether the operating system's lock speaks for this owner too. On another computer it may not: network drives do not all pass locks
    /// on.
    /// </summary>
    public bool SharesLocksWith(LockOwner other) => IsOnHostOf(other) || (Boot is not null && Boot == other.Boot);

    /// <summary>Whether both have the same computer, or the same container.</summary>
    public bool IsOnHostOf(LockOwner other) => string.Equals(Host, other.Host, StringComparison.OrdinalIgnoreCase);

    /// <summary>The owner in a file; null where there is none, or none that can be read: this only informs, the lock decides.</summary>
    public static LockOwner? Read(string path)
    {
        try
        {
            // Asked first, because a new run has none, and the first exception of a process takes 5 ms.
            return File.Exists(path) ? JsonSerializer.Deserialize(DurableFile.Read(path), RunJson.Default.LockOwner) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes the owner into a file.</summary>
    public void Write(string path) => DurableFile.Replace(path, JsonSerializer.SerializeToUtf8Bytes(this, RunJson.Default.LockOwner));

    private static string? CurrentBoot()
    {
        try
        {
            return OperatingSystem.IsLinux() ? File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim() : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
