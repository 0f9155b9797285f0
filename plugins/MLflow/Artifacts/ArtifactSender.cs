using System.Runtime.InteropServices;

namespace PluginLoggers.MLflow;

/// <summary>Stores artifacts, files as streams and folders file by file.</summary>
internal sealed class ArtifactSender(IArtifactStore store, Action<string> report)
{
    /// <summary>Stores an artifact; gives whether all of it was there to be stored.</summary>
    public async Task<bool> SendAsync(PendingArtifact artifact, CancellationToken cancellationToken)
    {
        var isWhole = true;
        if (artifact.Source is not { } source)
        {
            await store.PutAsync(artifact.Name, () => Open(artifact.Content), cancellationToken).ConfigureAwait(false);
        }
        else if (Directory.Exists(source))
        {
            (var files, isWhole) = FilesOf(source);
            foreach (var file in files)
            {
                var name = ArtifactName.Map(Path.GetRelativePath(source, file).Replace(Path.DirectorySeparatorChar, '/'));
                isWhole &= await SendFileAsync($"{artifact.Name}/{name}", file, cancellationToken).ConfigureAwait(false);
            }
        }
        else
        {
            isWhole = await SendFileAsync(artifact.Name, source, cancellationToken).ConfigureAwait(false);
        }

        return isWhole;
    }

    private async Task<bool> SendFileAsync(string name, string file, CancellationToken cancellationToken)
    {
        if (WhyUnreadable(file) is { } reason)
        {
            report($"The artifact '{file}' {reason}, and is not on the MLflow server. Keep files readable until the run has been delivered.");
            return false;
        }

        await store.PutAsync(name, () => Open(file), cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>Why a file cannot be sent, however often that is tried; null if it can.</summary>
    private static string? WhyUnreadable(string file)
    {
        try
        {
            Open(file).Dispose();
            return null;
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            return "is gone";
        }
        catch (UnauthorizedAccessException)
        {
            return "may not be read by this user";
        }
    }

    private static Stream Open(string file)
    {
        // A pipe and a device have no length either: opening the one would wait for its other end, and reading the other never ends.
        var info = File.ResolveLinkTarget(file, returnFinalTarget: true) as FileInfo ?? new FileInfo(file);
        return info.Length == 0
            ? Open(ReadOnlyMemory<byte>.Empty)
            : new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0,
                FileOptions.Asynchronous | FileOptions.SequentialScan);
    }

    private static MemoryStream Open(ReadOnlyMemory<byte> content) =>
        MemoryMarshal.TryGetArray(content, out var array)
            ? new(array.Array!, array.Offset, array.Count, writable: false)
            : new(content.ToArray(), writable: false);

    /// <summary>
    /// The files of a folder, in one order everywhere, and whether these are all. Links to files are followed, links to folders are not:
    /// they may go round in circles.
    /// </summary>
    private (List<string> Files, bool IsWhole) FilesOf(string folder)
    {
        var (files, isWhole) = (new List<string>(), true);
        var folders = new Stack<string>([folder]);
        while (folders.TryPop(out var current))
        {
            try
            {
                foreach (var entry in new DirectoryInfo(current).EnumerateFileSystemInfos())
                {
                    if (entry is FileInfo)
                    {
                        files.Add(entry.FullName);
                    }
                    else if (entry.LinkTarget is null)
                    {
                        folders.Push(entry.FullName);
                    }
                    else
                    {
                        LeaveOut($"'{entry.FullName}' is a link to a folder, which is not followed");
                    }
                }
            }
            catch (UnauthorizedAccessException)
            {
                LeaveOut($"'{current}' cannot be read by this user");
            }
        }

        files.Sort(StringComparer.Ordinal);
        return (files, isWhole);

        void LeaveOut(string what)
        {
            report($"{what}: it is left out of the artifact '{folder}' on the MLflow server. Log it as an artifact of its own.");
            isWhole = false;
        }
    }
}
