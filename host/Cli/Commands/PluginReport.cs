using System.Text.Json;
using PluginLoggers.Hosting.Plugins;
using Spectre.Console;

namespace PluginLoggers.Cli.Commands;

/// <summary>Shows plug-ins, to a person or to a program.</summary>
internal static class PluginReport
{
    private const string Unknown = "-";

    public static void WriteTable(IAnsiConsole console, IReadOnlyList<PluginEntry> plugins)
    {
        var table = new Table { Border = console.IsLive() ? TableBorder.Rounded : TableBorder.None };
        foreach (var heading in (string[])["ALIAS", "PLUG-IN", "VERSION", "CONTRACT", "STATE", "PATH"])
        {
            table.AddColumn(new TableColumn(heading) { NoWrap = heading != "PATH" });
        }

        foreach (var plugin in plugins)
        {
            table.AddRow(Cells(plugin).Select(cell => new Text(Terminals.Printable(cell))));
        }

        console.Write(table);
        foreach (var defect in plugins.Select(plugin => plugin.Defect).OfType<PluginDefect>())
        {
            console.WriteLine();
            console.WriteLine(Terminals.Printable($"{defect.Code} {defect.File}"));
            console.WriteLine(Terminals.Printable($"      why: {defect.Reason}"));
            console.WriteLine(Terminals.Printable($"      cure: {defect.Cure}"));
        }
    }

    public static void WriteJson(TextWriter writer, IReadOnlyList<PluginEntry> plugins) => Json.Write(writer, json =>
    {
        json.WriteStartArray();
        foreach (var plugin in plugins)
        {
            json.WriteStartObject();
            json.WriteString("alias", plugin.Alias);
            json.WriteString("name", plugin.Name);
            json.WriteString("version", plugin.Version?.ToString());
            json.WriteString("contractVersion", plugin.ContractVersion?.ToString());
            json.WriteString("path", plugin.Path);
            json.WriteString("state", plugin.Defect is null ? "usable" : "refused");
            WriteDefect(json, plugin.Defect);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    public static void WriteJson(TextWriter writer, string file, PluginLock plugins) => Json.Write(writer, json =>
    {
        json.WriteStartObject();
        json.WriteString("file", file);
        json.WriteStartArray("plugins");
        foreach (var plugin in plugins.Plugins)
        {
            json.WriteStringValue(plugin);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static string[] Cells(PluginEntry plugin) =>
    [
        plugin.Alias ?? Unknown, plugin.Name, plugin.Version?.ToString() ?? Unknown, plugin.ContractVersion?.ToString() ?? Unknown,
        plugin.Defect?.Code ?? "usable", plugin.Path ?? "linked into the application",
    ];

    private static void WriteDefect(Utf8JsonWriter json, PluginDefect? defect)
    {
        if (defect is null)
        {
            json.WriteNull("defect");
            return;
        }

        json.WriteStartObject("defect");
        json.WriteString("code", defect.Code);
        json.WriteString("file", defect.File);
        json.WriteString("reason", defect.Reason);
        json.WriteString("cure", defect.Cure);
        json.WriteEndObject();
    }
}
