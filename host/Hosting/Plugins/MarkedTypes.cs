using System.Reflection;
using System.Reflection.Metadata;

namespace PluginLoggers.Hosting.Plugins;

/// <summary>Finds the types that carry the plug-in attribute, and what their attribute says.</summary>
internal static class MarkedTypes
{
    private const int DeepestNesting = 32;

    /// <summary>Finds them, in the order of the metadata.</summary>
    /// <param name="metadata">The metadata.</param>
    public static IReadOnlyList<MarkedType> Read(MetadataReader metadata)
    {
        List<MarkedType>? found = null;
        foreach (var handle in metadata.TypeDefinitions)
        {
            var type = metadata.GetTypeDefinition(handle);
            if (Alias(metadata, type) is { } alias)
            {
                (found ??= []).Add(new MarkedType(FullName(metadata, type), alias, Problem(metadata, type, alias)));
            }
        }

        return found ?? [];
    }

    /// <summary>The alias that a type's attribute gives, empty if it gives none; null without the attribute.</summary>
    private static string? Alias(MetadataReader metadata, TypeDefinition type)
    {
        foreach (var handle in type.GetCustomAttributes())
        {
            var attribute = metadata.GetCustomAttribute(handle);
            if (AttributeReader.IsOfType(metadata, attribute, ContractAssembly.AttributeNamespace, ContractAssembly.AttributeName))
            {
                return AttributeReader.FirstString(metadata, attribute) ?? "";
            }
        }

        return null;
    }

    private static string? Problem(MetadataReader metadata, TypeDefinition type, string alias)
    {
        if (string.IsNullOrWhiteSpace(alias) || alias.Length > 100 || alias.Any(char.IsControl))
        {
            return "has no usable alias";
        }

        if ((type.Attributes & (TypeAttributes.Abstract | TypeAttributes.Interface)) != 0)
        {
            return "is abstract";
        }

        if (type.GetGenericParameters().Count > 0)
        {
            return "is generic";
        }

        return HasPublicConstructor(metadata, type) ? null : "has no public constructor without parameters";
    }

    private static bool HasPublicConstructor(MetadataReader metadata, TypeDefinition type)
    {
        foreach (var handle in type.GetMethods())
        {
            var method = metadata.GetMethodDefinition(handle);
            if (metadata.StringComparer.Equals(method.Name, ".ctor")
                && (method.Attributes & MethodAttributes.MemberAccessMask) == MethodAttributes.Public
                && HasNoParameters(metadata.GetBlobReader(method.Signature)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasNoParameters(BlobReader signature)
    {
        signature.ReadSignatureHeader();
        return signature.ReadCompressedInteger() == 0;
    }

    private static string FullName(MetadataReader metadata, TypeDefinition type)
    {
        var name = metadata.GetString(type.Name);
        for (var depth = 0; !type.GetDeclaringType().IsNil; depth++)
        {
            if (depth == DeepestNesting)
            {
                throw new BadImageFormatException("types are nested in one another");
            }

            type = metadata.GetTypeDefinition(type.GetDeclaringType());
            name = $"{metadata.GetString(type.Name)}+{name}";
        }

        var space = metadata.GetString(type.Namespace);
        return space.Length == 0 ? name : $"{space}.{name}";
    }
}
