using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.Loader;
using McMaster.NETCore.Plugins.Loader;

namespace PluginLoggers.Hosting.Plugins;

/// <summary>
/// Loads a plug-in into a load context of its own and creates its plug-in object; the only place that knows the loader. The contract is the
/// only assembly that is shared. That isolates versions, and is no sandbox: the plug-in's code has the rights of the process.
/// </summary>
internal static class PluginAssemblyLoader
{
    private static readonly AssemblyName Contract = typeof(ILightningLogger).Assembly.GetName();

    /// <summary>Loads the assembly and creates the plug-in.</summary>
    /// <param name="file">The main DLL, an absolute path.</param>
    /// <param name="typeName">The full name of the plug-in's type.</param>
    /// <exception cref="PluginUnusableException">Whatever goes wrong, as the defect that it is.</exception>
    [SuppressMessage("Design", "CA1031", Justification = "The plug-in's own code runs here; whatever it throws is its defect.")]
    public static ILoggerPlugin Create(string file, string typeName)
    {
        var assembly = Load(file);
        try
        {
            var type = assembly.GetType(typeName, throwOnError: true)!;
            if (Activator.CreateInstance(type) is not ILoggerPlugin plugin)
            {
                throw new PluginUnusableException(
                    PluginDefects.NoPlugin(file, $"{typeName} carries [LoggerPlugin] and does not implement ILoggerPlugin"));
            }

            _ = plugin.OptionsType;
            return plugin;
        }
        catch (Exception exception) when (exception is not PluginUnusableException)
        {
            throw new PluginUnusableException(PluginDefects.Throws(file, typeName, exception), exception);
        }
    }

    private static Assembly Load(string file)
    {
        try
        {
            var assembly = ContextOf(file).LoadFromAssemblyPath(file);
            RefuseOwnContract(file, assembly);
            return assembly;
        }
        catch (InvalidOperationException exception)
        {
            throw new PluginUnusableException(PluginDefects.CorruptDependencies(file, Text.OneLine(exception.Message)), exception);
        }
        catch (BadImageFormatException exception)
        {
            throw new PluginUnusableException(PluginDefects.NotAnAssembly(file, Text.OneLine(exception.Message)), exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new PluginUnusableException(PluginDefects.NotAnAssembly(file, Text.OneLine(exception.Message)), exception);
        }
    }

    // With the loader's builder, because PluginLoader itself first reads the runtimeconfig.json of the plug-in and of the application, for
    // more folders to look in: 40 ms of a start, for files that are neither inspected nor pinned.
    private static AssemblyLoadContext ContextOf(string file)
    {
        // Lazily, a shared assembly is one name; otherwise everything that it refers to is loaded at once, 30 parts of .NET.
        var builder = new AssemblyLoadContextBuilder().SetMainAssemblyPath(file).IsLazyLoaded(true);
        builder.PreferDefaultLoadContextAssembly(Contract);
        foreach (var path in PresentAssemblies.Files(Path.GetDirectoryName(file)!, file))
        {
            // As in any application, a part of .NET that the plug-in brings gives way to the one that runs; a newer one is refused before.
            if (Path.GetFileNameWithoutExtension(path) is var name && FrameworkAssemblies.IsPartOfNet(name))
            {
                builder.PreferDefaultLoadContextAssembly(new AssemblyName(name));
            }
        }

        // The context itself is not lazy: that would change what is shared while plug-ins load, on any thread.
        return builder.IsLazyLoaded(false).Build();
    }

    // A contract of its own makes every type of the plug-in a stranger to the host, without an error anywhere.
    private static void RefuseOwnContract(string file, Assembly assembly)
    {
        var own = Array.Find(assembly.GetReferencedAssemblies(), reference => reference.Name == ContractAssembly.Name);
        var context = AssemblyLoadContext.GetLoadContext(assembly);
        if (own is not null && context is not null && !ReferenceEquals(context.LoadFromAssemblyName(own), typeof(ILoggerPlugin).Assembly))
        {
            throw new PluginUnusableException(PluginDefects.ContractVersion(file, own.Version!, ContractAssembly.Version));
        }
    }
}
