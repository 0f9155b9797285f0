using PluginLoggers.Hosting;
using Spectre.Console;

namespace PluginLoggers.Cli.Commands;

/// <summary>Shows how an import goes: a bar where a person looks on; elsewhere the line of its result, when there is one, is all.</summary>
internal static class ImportDisplay
{
    public static Task<ImportedRun> ShowAsync(
        IAnsiConsole console, FoundRun run, Func<IProgress<ImportProgress>?, Task<ImportedRun>> import) => console.IsLive()
        ? console.Progress()
            .AutoClear(true)
            .Columns(new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .StartAsync(context => import(new Bar(run, context.AddTask(Title(run), maxValue: Math.Max(1, run.Bytes)))))
        : import(null);

    private static string Title(FoundRun run) => Terminals.Printable($"{run.Name}/{run.Version}").EscapeMarkup();

    /// <summary>Reports on the caller's thread: what is shown is never older than what was.</summary>
    private sealed class Bar(FoundRun run, ProgressTask task) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value)
        {
            task.Value = value.BytesRead;
            if (value.UndeliveredBytes is { } left)
            {
                task.Description = $"{Title(run)}: {left:N0} bytes to deliver";
            }
        }
    }
}
