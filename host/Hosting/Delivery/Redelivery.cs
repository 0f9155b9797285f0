namespace PluginLoggers.Hosting.Delivery;

/// <summary>
/// What became of dead letters that were handed over again, stored in the cursor with the save that holds them; the index follows.
/// </summary>
/// <param name="Handed">The letters, which are none any more.</param>
/// <param name="Refused">What was refused of them again.</param>
internal sealed record Redelivery(IReadOnlyList<DeadLetter> Handed, IReadOnlyList<DeadLetter> Refused)
{
    /// <summary>The letters that are left of an index. To ask twice changes nothing.</summary>
    public IReadOnlyList<DeadLetter> LeaveOf(IReadOnlyList<DeadLetter> letters) =>
        [.. letters.Where(letter => !Handed.Concat(Refused).Any(letter.IsOfSame)).Concat(Refused).OrderBy(letter => letter.Position)];
}
