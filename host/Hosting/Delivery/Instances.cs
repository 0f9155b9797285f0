namespace PluginLoggers.Hosting.Delivery;

internal static class Instances
{
    extension(ILightningLogger logger)
    {
        /// <summary>Lets go of an instance that is not used again, whatever it throws: what it saved counts, and the rest is delivered anew.</summary>
        public void DisposeQuietly()
        {
            try
            {
                logger.Dispose();
            }
            catch (Exception)
            {
                // Why it is let go of is what matters, and is told by whoever does so.
            }
        }
    }
}
