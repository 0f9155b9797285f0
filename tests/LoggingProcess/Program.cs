using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PluginLoggers;
using PluginLoggers.Hosting;

// Usage: CONFIGURATION MODE COUNT. Opens the run of the configuration and logs COUNT calls without a step. Then, as MODE says, "exit" calls
// Environment.Exit, "throw" throws, "wait" says "logged" and waits to be ended. With "endless" it goes on, saves after every COUNT calls, and
// says then how many are safe.
var configuration = new ConfigurationBuilder().AddJsonFile(args[0]).Build();
var services = new ServiceCollection().AddLightningLoggers(configuration, setup => setup.GateRanks = false).BuildServiceProvider();
var run = services.GetRequiredService<ILightningLogger>();
var count = int.Parse(args[2], CultureInfo.InvariantCulture);
for (var logged = 0; logged == 0 || args[1] == "endless";)
{
    for (var i = 0; i < count; i++, logged++)
    {
        run.LogMetric("loss", logged);
    }

    if (args[1] == "endless")
    {
        await run.SaveAsync();
        Console.WriteLine(logged);
    }
}

switch (args[1])
{
    case "exit":
        Environment.Exit(3);
        break;
    case "throw":
        throw new InvalidOperationException("Nobody handles this.");
    default:
        Console.WriteLine("logged");
        Thread.Sleep(Timeout.Infinite);
        break;
}
