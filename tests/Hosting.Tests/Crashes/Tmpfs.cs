using System.Diagnostics;

namespace PluginLoggers.Hosting.Tests.Crashes;

/// <summary>A small disk in memory in the place of a folder, where this process may mount one.</summary>
internal sealed class Tmpfs : IDisposable
{
    private static readonly Lazy<bool> Allowed = new(TryMount);

    private readonly string _folder;

    public Tmpfs(string folder, string size)
    {
        _folder = folder;
        Assert.True(Mount($"size={size}", "tmpfs", folder));
    }

    public static bool IsAllowed => Allowed.Value;

    public void Resize(string size) => Assert.True(Mount($"remount,size={size}", "tmpfs", _folder));

    public void Dispose() => Run("umount", "--lazy", _folder);

    private static bool TryMount()
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        var folder = Directory.CreateTempSubdirectory();
        try
        {
            return Mount("size=64k", "tmpfs", folder.FullName) && Run("umount", folder.FullName);
        }
        finally
        {
            folder.Delete();
        }
    }

    private static bool Mount(string options, string device, string folder) => Run("mount", "-t", "tmpfs", "-o", options, device, folder);

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
