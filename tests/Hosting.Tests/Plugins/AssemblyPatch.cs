using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text;

namespace PluginLoggers.Hosting.Tests.Plugins;

/// <summary>Changes what the metadata of an assembly says, so that it looks built against something that is not on this machine.</summary>
internal static class AssemblyPatch
{
    private const int BytesOfHashAlgorithm = 4;

    /// <summary>Changes the version of an assembly that this one refers to.</summary>
    public static void SetReference(string file, string name, Version version) => Change(file, (metadata, start, image) =>
    {
        var handle = metadata.AssemblyReferences.Single(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name) == name);
        var row = (MetadataTokens.GetRowNumber(handle) - 1) * metadata.GetTableRowSize(TableIndex.AssemblyRef);
        WriteVersion(image.AsSpan(start + metadata.GetTableMetadataOffset(TableIndex.AssemblyRef) + row), version);
    });

    /// <summary>Changes the assembly's own version.</summary>
    public static void SetVersion(string file, Version version) => Change(file, (metadata, start, image) =>
        WriteVersion(image.AsSpan(start + metadata.GetTableMetadataOffset(TableIndex.Assembly) + BytesOfHashAlgorithm), version));

    /// <summary>Changes the framework that the assembly says it was built for.</summary>
    public static void SetTargetFramework(string file, string framework) => Change(file, (metadata, start, image) =>
    {
        var attributes = metadata.GetAssemblyDefinition().GetCustomAttributes().Select(metadata.GetCustomAttribute);
        var attribute = attributes.Single(IsTargetFramework);
        var heap = start + metadata.GetHeapMetadataOffset(HeapIndex.Blob) + metadata.GetHeapOffset(attribute.Value);
        // The length of the blob (one byte below 128), the prolog, then the string; no named arguments.
        var blob = image.AsSpan(heap + 1, image[heap]);
        Assert.True(framework.Length + 5 <= blob.Length);
        blob[2..].Clear();
        blob[2] = (byte)framework.Length;
        Encoding.ASCII.GetBytes(framework, blob[3..]);

        bool IsTargetFramework(CustomAttribute candidate) => candidate.Constructor.Kind == HandleKind.MemberReference
            && metadata.GetMemberReference((MemberReferenceHandle)candidate.Constructor).Parent is { Kind: HandleKind.TypeReference } parent
            && metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)parent).Name) == "TargetFrameworkAttribute";
    });

    /// <summary>Takes the .NET part out of an image: what is left is a native library.</summary>
    public static void MakeNative(string file) => Change(file, (_, _, image) =>
    {
        var optionalHeader = BinaryPrimitives.ReadInt32LittleEndian(image.AsSpan(0x3C)) + 24;
        var directories = optionalHeader + (BinaryPrimitives.ReadUInt16LittleEndian(image.AsSpan(optionalHeader)) == 0x20B ? 112 : 96);
        image.AsSpan(directories + (14 * 8), 8).Clear();
    });

    private static void Change(string file, Action<MetadataReader, int, byte[]> change)
    {
        var image = File.ReadAllBytes(file);
        using (var reader = new PEReader(ImmutableArray.Create(image)))
        {
            change(reader.GetMetadataReader(), reader.PEHeaders.MetadataStartOffset, image);
        }

        File.WriteAllBytes(file, image);
    }

    private static void WriteVersion(Span<byte> place, Version version)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(place, (ushort)version.Major);
        BinaryPrimitives.WriteUInt16LittleEndian(place[2..], (ushort)version.Minor);
        BinaryPrimitives.WriteUInt16LittleEndian(place[4..], (ushort)version.Build);
        BinaryPrimitives.WriteUInt16LittleEndian(place[6..], (ushort)version.Revision);
    }
}
