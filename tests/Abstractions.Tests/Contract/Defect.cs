namespace PluginLoggers.Abstractions.Tests.Contract;

/// <summary>One thing that a backend can get wrong.</summary>
public enum Defect
{
    None,
    WritesBeforeTheSave,
    WritesWhenDisposed,
    DoesNotCutAtTheBookmark,
    DoesNotBeginAnew,
    WritesAgainAtEachSave,
    DropsTheInfinities,
    LosesTheSignOfZero,
    KeepsFloats,
    CutsStepsToInt,
    TakesTheTimeOfTheSave,
    TakesTheTimeOfTheSystem,
    WritesInTheCulture,
    MergesNames,
    CutsLongNames,
    WritesAFilePerName,
    BreaksLinesInNames,
    ThrowsForWhatItCannotShow,
    StopsAfterTheEnd,
    IgnoresTheEnd,
    ContinuesWithoutItsOutput,
    FailsAnyhowWithoutItsOutput,
    NeedsTheSynchronizationContext,
    KeepsTheFirstHundred,
    TakesWhatItRejects,
}
