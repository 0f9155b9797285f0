using PluginLoggers.Hosting;
using Spectre.Console;

namespace PluginLoggers.Cli.Commands;

/// <summary>Shows how far the delivery of a run is: on a terminal a bar for each logger that is behind, elsewhere nothing.</summary>
internal static class DeliveryDisplay
{
    public static Task<SynchronizedRun> ShowAsync(
        IAnsiConsole console,
        RunSummary run,
        Func<IProgress<IReadOnlyList<LoggerDelivery>>?, Task<SynchronizedRun>> synchronize) => console.IsLive()
        ? console.Progress()
            .Columns(new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .StartAsync(context => ShowAsync(new Bars(context, $"{run.Name}/{run.Version}"), synchronize))
        : synchronize(null);

    private static async Task<SynchronizedRun> ShowAsync(
        Bars bars, Func<IProgress<IReadOnlyList<LoggerDelivery>>?, Task<SynchronizedRun>> synchronize)
    {
        var result = await synchronize(bars).ConfigureAwait(false);
        bars.Report(result.Run.Deliveries);
        return result;
    }

    /// <summary>Reports on the caller's thread: what is shown is never older than what was.</summary>
    private sealed class Bars(ProgressContext context, string run) : IProgress<IReadOnlyList<LoggerDelivery>>
    {
        private readonly Dictionary<string, ProgressTask> _bars = [];

        public void Report(IReadOnlyList<LoggerDelivery> value)
        {
            foreach (var delivery in value.Where(delivery => !delivery.IsComplete || _bars.ContainsKey(delivery.Key)))
            {
                if (!_bars.TryGetValue(delivery.Key, out var bar))
                {
                    _bars[delivery.Key] = bar = context.AddTask(run.EscapeMarkup(), maxValue: delivery.UndeliveredBytes);
                }

                bar.Value = bar.MaxValue - delivery.UndeliveredBytes;
                var failure = delivery.LastFailure is null ? "" : $": {delivery.LastFailure}";
                bar.Description = Terminals.Printable($"{run} {delivery.Key}{failure}").EscapeMarkup();
            }
        }
    }
}
