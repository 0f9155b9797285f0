using System.Reflection.Metadata;

namespace PluginLoggers.Hosting.Plugins;

/// <summary>Custom attributes in metadata, known by the full name of their type.</summary>
internal static class AttributeReader
{
    private const ushort Prolog = 1;

    /// <summary>Says whether an attribute is of the type of that name, whichever assembly it comes from.</summary>
    /// <param name="metadata">The metadata.</param>
    /// <param name="attribute">The attribute.</param>
    /// <param name="typeNamespace">The namespace.</param>
    /// <param name="name">The name.</param>
    public static bool IsOfType(MetadataReader metadata, CustomAttribute attribute, string typeNamespace, string name)
    {
        var type = attribute.Constructor.Kind switch
        {
            HandleKind.MemberReference => metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent,
            HandleKind.MethodDefinition => metadata.GetMethodDefinition((MethodDefinitionHandle)attribute.Constructor).GetDeclaringType(),
            _ => default,
        };
        var (foundNamespace, foundName) = type.Kind switch
        {
            HandleKind.TypeReference => NameOf(metadata.GetTypeReference((TypeReferenceHandle)type)),
            HandleKind.TypeDefinition => NameOf(metadata.GetTypeDefinition((TypeDefinitionHandle)type)),
            _ => default,
        };
        return !foundName.IsNil
            && metadata.StringComparer.Equals(foundName, name)
            && metadata.StringComparer.Equals(foundNamespace, typeNamespace);
    }

    /// <summary>The first argument of a constructor that takes a string first; null where it is null.</summary>
    /// <param name="metadata">The metadata.</param>
    /// <param name="attribute">The attribute.</param>
    public static string? FirstString(MetadataReader metadata, CustomAttribute attribute)
    {
        var value = metadata.GetBlobReader(attribute.Value);
        return value.ReadUInt16() == Prolog ? value.ReadSerializedString() : null;
    }

    private static (StringHandle Namespace, StringHandle Name) NameOf(TypeReference type) => (type.Namespace, type.Name);

    private static (StringHandle Namespace, StringHandle Name) NameOf(TypeDefinition type) => (type.Namespace, type.Name);
}
