using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace PluginLoggers.Hosting.Plugins;

/// <summary>Reads <see cref="AssemblyFacts"/> from a file. The format is ECMA-335, partition II.</summary>
internal static class AssemblyFactsReader
{
    // The largest assemblies of .NET itself have some 10 MB of metadata. The bound keeps a file that lies from being read whole.
    private const int MaxMetadataBytes = 128 * 1024 * 1024;

    /// <summary>Reads a file; whatever it holds, this does not throw.</summary>
    /// <param name="file">The file.</param>
    /// <param name="facts">What it says.</param>
    /// <param name="problem">Why it is not an assembly.</param>
    [SuppressMessage("Design", "CA1031", Justification = "Metadata that lies makes its reader throw anything; it all means the same.")]
    public static bool TryRead(string file, [NotNullWhen(true)] out AssemblyFacts? facts, [NotNullWhen(false)] out string? problem)
    {
        facts = null;
        try
        {
            // Asked first, because opening a named pipe would wait for its other end; its length is 0.
            var length = RegularFile.LengthOf(file);
            problem = length switch
            {
                0 => "it is empty",
                > int.MaxValue => "it is larger than 2 GB",
                _ => Read(file, out facts),
            };
        }
        catch (UnauthorizedAccessException)
        {
            problem = "access is denied";
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            problem = "it is gone";
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            problem = Text.OneLine(exception.Message);
        }

        return problem is null && facts is not null;
    }

    private static string? Read(string file, out AssemblyFacts? facts)
    {
        facts = null;
        // Buffered, because the reader maps a bare FileStream into memory, and a mapped file that is cut meanwhile ends the process.
        using var stream = new BufferedStream(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1));
        using var image = new PEReader(stream);
        if (!image.HasMetadata)
        {
            return "a native library";
        }

        if (image.PEHeaders.MetadataSize > MaxMetadataBytes)
        {
            return "its metadata is larger than 128 MB";
        }

        var metadata = image.GetMetadataReader();
        if (!metadata.IsAssembly)
        {
            return "a module without a manifest";
        }

        var definition = metadata.GetAssemblyDefinition();
        var identity = new AssemblyReference(metadata.GetString(definition.Name), definition.Version);
        var references = References(metadata);
        // A library can have thousands of attributes, and none that counts if it does not know the contract.
        IReadOnlyList<MarkedType> marked = references.Exists(IsContract) ? MarkedTypes.Read(metadata) : [];
        facts = new AssemblyFacts(identity, TargetFramework(metadata), references, marked);
        return null;
    }

    private static bool IsContract(AssemblyReference reference) => reference.Name == ContractAssembly.Name;

    private static string? TargetFramework(MetadataReader metadata)
    {
        foreach (var handle in metadata.GetAssemblyDefinition().GetCustomAttributes())
        {
            var attribute = metadata.GetCustomAttribute(handle);
            if (AttributeReader.IsOfType(metadata, attribute, "System.Runtime.Versioning", "TargetFrameworkAttribute"))
            {
                return AttributeReader.FirstString(metadata, attribute);
            }
        }

        return null;
    }

    private static List<AssemblyReference> References(MetadataReader metadata)
    {
        var references = new List<AssemblyReference>(metadata.AssemblyReferences.Count);
        foreach (var handle in metadata.AssemblyReferences)
        {
            var reference = metadata.GetAssemblyReference(handle);
            if ((reference.Flags & AssemblyFlags.ContentTypeMask) == 0)
            {
                references.Add(new AssemblyReference(metadata.GetString(reference.Name), reference.Version));
            }
        }

        return references;
    }
}
