using PluginLoggers.MLflow.StandIn;

const string usage = "dotnet run --project tests/MLflow.StandIn -- [--port N] [--v3]";
var (port, version) = ((ushort)5000, ServerVersion.V2);
for (var i = 0; i < args.Length; i++)
{
    switch (args[i])
    {
        case "--port" when i + 1 < args.Length && ushort.TryParse(args[i + 1], out port):
            i++;
            break;
        case "--v3":
            version = ServerVersion.V3;
            break;
        default:
            Console.Error.WriteLine($"'{args[i]}' is no option here, or its number is missing; a port is a number from 0 to 65535.\n{usage}");
            return 2;
    }
}

await using var server = await StandInServer.StartAsync(version, port, arrival => Console.WriteLine(arrival));
Console.WriteLine($"A stand-in for MLflow {server.VersionText} listens on {server.Address}; Ctrl-C ends it, and what it holds is gone.");
await server.WaitForShutdownAsync();
return 0;
