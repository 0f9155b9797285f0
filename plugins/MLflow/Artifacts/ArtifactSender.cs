using System.IO.Enumeration;
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
            foreach (var file in FilesOf(source))
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
        try
        {
            await store.PutAsync(name, () => Open(file), cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException && !File.Exists(file))
        {
            report($"The artifact '{file}' is gone, and not on the MLflow server. Keep a file until the run has been delivered.");
            return false;
        }
    }

    private static FileStream Open(string file) =>
        new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0,
            FileOptions.Asynchronous | FileOptions.SequentialScan);

    private static MemoryStream Open(ReadOnlyMemory<byte> content) =>
        MemoryMarshal.TryGetArray(content, out var array)
            ? new(array.Array!, array.Offset, array.Count, writable: false)
            : new(content.ToArray(), writable: false);

    /// <summary>In one order everywhere. Links to files are followed, links to folders are not: they may go round in circles.</summary>
    private static IEnumerable<string> FilesOf(string folder)
    {
        var files = new FileSystemEnumerable<string>(folder, (ref FileSystemEntry entry) => entry.ToFullPath(),
            new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory,
            ShouldRecursePredicate = (ref FileSystemEntry entry) => (entry.Attributes & FileAttributes.ReparsePoint) == 0,
        };
        return files.Order(StringComparer.Ordinal);
    }
}
