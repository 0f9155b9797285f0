using PluginLoggers.Hosting.Runs;

namespace PluginLoggers.Hosting.Import;

/// <summary>Refuses a folder in which an import would do harm.</summary>
internal static class Destination
{
    private const string Cure =
        "Import it under another name, with --set Run:Name=NAME, or to another folder, with --set Run:SaveDir=FOLDER.";

    /// <summary>A new run gets an empty folder, and an existing one goes on with what it was imported from only.</summary>
    /// <exception cref="ImportRefusedException">It is another's.</exception>
    public static void Check(OpenedRun opened, ImportedFrom source)
    {
        var (folder, imported) = (opened.Folder, opened.Record.Imported);
        var problem = !opened.IsResumed
            ? Directory.EnumerateFileSystemEntries(folder.Directory).Any(entry => Path.GetFileName(entry) != RunFolder.StateFolder)
                ? $"The folder {folder.Directory} has files of something else, which loggers might overwrite."
                : null
            : imported is null ? $"The run {folder.Directory} is there already, and was not imported."
            : imported.Path != source.Path ? $"The run {folder.Directory} was imported from {imported.Path}, and not from {source.Path}."
            : imported.Format != source.Format
                ? $"The run {folder.Directory} was imported as {imported.Format}, and would be read as {source.Format} now."
            : null;
        if (problem is not null)
        {
            throw new ImportRefusedException($"{problem} {Cure}");
        }
    }
}
