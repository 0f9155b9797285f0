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
        console.WriteLine();
        foreach (var pinned in plugins.GroupBy(plugin => Locks(plugin)))
        {
            console.WriteLine(Terminals.Printable($"pinned by {pinned.Key}: {string.Join(", ", pinned.Select(plugin => plugin.Name).Distinct())}"));
        }

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
            WriteStrings(json, "pinnedBy", plugin.PinnedBy);
            WriteDefect(json, plugin.Defect);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    public static void WriteJson(TextWriter writer, string file, PluginLock plugins) => Json.Write(writer, json =>
    {
        json.WriteStartObject();
        json.WriteString("file", file);
        WriteStrings(json, "plugins", plugins.Plugins);
        json.WriteEndObject();
    });

    private static string[] Cells(PluginEntry plugin) =>
    [
        plugin.Alias ?? Unknown, plugin.Name, plugin.Version?.ToString() ?? Unknown, plugin.ContractVersion?.ToString() ?? Unknown,
        plugin.Defect?.Code ?? "usable", plugin.Path ?? "linked into the application",
    ];

    private static string Locks(PluginEntry plugin) =>
        plugin.PinnedBy.Count == 0 ? $"no {PluginLock.FileName}" : string.Join(" and ", plugin.PinnedBy);

    private static void WriteStrings(Utf8JsonWriter json, string name, IEnumerable<string> strings)
    {
        json.WriteStartArray(name);
        foreach (var value in strings)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

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
