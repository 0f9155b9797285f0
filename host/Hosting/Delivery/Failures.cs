namespace PluginLoggers.Hosting.Delivery;

internal static class Failures
{
    extension(Exception failure)
    {
        /// <summary>What went wrong, where a single failure is wrapped.</summary>
        public Exception Unwrapped => failure is AggregateException { InnerExceptions: [var single] } ? single.Unwrapped : failure;
    }
}
