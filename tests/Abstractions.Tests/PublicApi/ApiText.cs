using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace PluginLoggers.Tests;

/// <summary>The public surface of an assembly as text, a line a member, sorted: what another version may not change in silence.</summary>
internal static class ApiText
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly NullabilityInfoContext Nullability = new();

    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(int)] = "int",
        [typeof(long)] = "long",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
    };

    public static string Of(Assembly assembly)
    {
        var types = assembly.GetExportedTypes().OrderBy(type => Name(type), StringComparer.Ordinal);
        return string.Join('\n', types.Select(Type)) + "\n";
    }

    private static string Type(Type type)
    {
        var bases = type.GetInterfaces().Except(type.BaseType?.GetInterfaces() ?? []).Where(face => face.IsVisible)
            .Select(Name).Order(StringComparer.Ordinal);
        var parent = type.BaseType is { } baseType && baseType != typeof(object) && baseType != typeof(ValueType)
            ? new[] { Name(baseType) }
            : [];
        var inherited = type.IsEnum ? "" : string.Join(", ", parent.Concat(bases));
        var members = type.GetMembers(Declared)
            .Where(member => !typeof(Delegate).IsAssignableFrom(type) || member.Name == "Invoke")
            .Select(member => (member.Name, Text: Member(member)))
            .Where(member => member.Text is not null)
            .OrderBy(member => member.Name, StringComparer.Ordinal).ThenBy(member => member.Text, StringComparer.Ordinal)
            .Select(member => $"    {member.Text}\n").Distinct();
        return $"{Kind(type)} {type.Namespace}.{Name(type)}{(inherited.Length > 0 ? " : " + inherited : "")}\n{string.Concat(members)}";
    }

    private static string Kind(Type type) =>
        type.IsInterface ? "interface"
        : type.IsEnum ? "enum"
        : typeof(Delegate).IsAssignableFrom(type) ? "delegate"
        : type.IsValueType ? (type.IsDefined(typeof(IsReadOnlyAttribute)) ? "readonly struct" : "struct")
        : type.IsAbstract && type.IsSealed ? "static class"
        : type.IsAbstract ? "abstract class"
        : type.IsSealed ? "sealed class" : "class";

    private static string? Member(MemberInfo member) => member switch
    {
        FieldInfo { IsSpecialName: false } field when IsVisible(field.Attributes) => field.IsLiteral
            ? $"const {Name(Nullability.Create(field))} {field.Name} = {Convert.ToString(field.GetRawConstantValue(), CultureInfo.InvariantCulture)}"
            : $"{(field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}{Name(Nullability.Create(field))} {field.Name}",
        ConstructorInfo constructor when IsVisible(constructor) => $"{Modifiers(constructor)}new({Parameters(constructor)})",
        PropertyInfo property when property.GetAccessors(nonPublic: true).FirstOrDefault(IsVisible) is { } accessor =>
            $"{Modifiers(accessor)}{Name(Nullability.Create(property))} {property.Name}{Index(property)} {{ {Accessors(property)} }}",
        MethodInfo { IsSpecialName: false } method when IsVisible(method) && !method.IsDefined(typeof(CompilerGeneratedAttribute)) =>
            $"{Modifiers(method)}{Name(Nullability.Create(method.ReturnParameter))} {method.Name}"
            + $"{Generics(method.GetGenericArguments(), method.IsGenericMethod)}({Parameters(method)})",
        _ => null,
    };

    private static string Modifiers(MethodBase method) => string.Concat(
        method.IsFamily || method.IsFamilyOrAssembly ? "protected " : "",
        method.IsStatic ? "static " : "",
        method.IsAbstract ? "abstract " : method.IsFinal || !method.IsVirtual ? ""
        : method is MethodInfo info && info.GetBaseDefinition() != info ? "override " : "virtual ");

    private static string Accessors(PropertyInfo property) => string.Join(' ', new[]
    {
        property.GetMethod is { } get && IsVisible(get) ? "get;" : null,
        property.SetMethod is { } set && IsVisible(set)
            ? set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? "init;" : "set;"
            : null,
        property.IsDefined(typeof(RequiredMemberAttribute)) ? "required;" : null,
    }.OfType<string>());

    private static string Index(PropertyInfo property) =>
        property.GetIndexParameters() is { Length: > 0 } index ? "[" + string.Join(", ", index.Select(Parameter)) + "]" : "";

    private static string Parameters(MethodBase method) =>
        (method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "") + string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        var isParams = parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute));
        var fallback = parameter.HasDefaultValue ? " = " + Literal(parameter.DefaultValue, parameter.ParameterType) : "";
        return $"{(isParams ? "params " : "")}{(parameter.IsOut ? "out " : "")}{Name(Nullability.Create(parameter))} {parameter.Name}{fallback}";
    }

    private static string? Literal(object? value, Type type) => value switch
    {
        null => type.IsValueType && Nullable.GetUnderlyingType(type) is null ? "default" : "null",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    private static string Name(NullabilityInfo info)
    {
        var type = info.Type.IsByRef ? info.Type.GetElementType()! : info.Type;
        var isNullable = info.ReadState == NullabilityState.Nullable || info.WriteState == NullabilityState.Nullable;
        var name = type.IsArray && info.ElementType is { } element ? Name(element) + "[]"
            : Nullable.GetUnderlyingType(type) is { } inner ? Name(inner)
            : type.IsGenericType && info.GenericTypeArguments.Length > 0 && !typeof(ITuple).IsAssignableFrom(type)
                ? Bare(type) + "<" + string.Join(", ", info.GenericTypeArguments.Select(Name)) + ">"
                : Name(type);
        return name + (isNullable ? "?" : "");
    }

    private static string Name(Type type) =>
        Keywords.TryGetValue(type, out var keyword) ? keyword
        : type.IsArray ? Name(type.GetElementType()!) + "[]"
        : type.IsByRef ? Name(type.GetElementType()!)
        : Bare(type) + Generics(type.GetGenericArguments(), type.IsGenericType);

    private static string Bare(Type type) => type.Name.Split('`')[0];

    private static string Generics(Type[] arguments, bool isGeneric) =>
        isGeneric ? "<" + string.Join(", ", arguments.Select(Name)) + ">" : "";

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsVisible(FieldAttributes attributes) =>
        (attributes & FieldAttributes.FieldAccessMask) is FieldAttributes.Public or FieldAttributes.Family or FieldAttributes.FamORAssem;
}
