namespace PluginLoggers.Hosting;

/// <summary>What a program gives to the loggers in code, beside what stands in the configuration.</summary>
public sealed class LightningLoggersSetup
{
    /// <summary>Plug-ins that are linked into the program, beside those that are found in folders.</summary>
    public IList<ILoggerPlugin> Plugins { get; } = [];

    /// <summary>The clock that stamps what is logged. The default is the system's.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>Who is told what goes wrong. The default writes lines to standard error.</summary>
    public ILoggerDiagnostics Diagnostics { get; set; } = new WriterDiagnostics();

    /// <summary>
    /// Whether processes of a rank other than 0 log nothing. The default is true; a command that is no part of a training sets it to false.
    /// </summary>
    public bool GateRanks { get; set; } = true;
}
