using PluginLoggers.MLflow.StandIn;

// dotnet run --project tests/MLflow.StandIn -- --port 5000 [--v3]
var at = Array.IndexOf(args, "--port");
if (at >= 0 && (at + 1 == args.Length || !ushort.TryParse(args[at + 1], out _)))
{
    Console.Error.WriteLine("--port needs a number from 0 to 65535.");
    return 2;
}

var version = args.Contains("--v3") ? ServerVersion.V3 : ServerVersion.V2;
var port = at < 0 ? 5000 : ushort.Parse(args[at + 1], null);
await using var server = await StandInServer.StartAsync(version, port, arrival => Console.WriteLine(arrival));
Console.WriteLine($"A stand-in for MLflow {server.VersionText} listens on {server.Address}; Ctrl-C ends it, and what it holds is gone.");
await server.WaitForShutdownAsync();
return 0;
