using System.Reflection;
using PluginLoggers.Contract;
using Xunit.Sdk;

namespace PluginLoggers.Abstractions.Tests.Contract;

/// <summary>A suite that cannot fail is worth nothing: every defect is found, by the test that is there for it.</summary>
public class ContractSuiteTests
{
    public static TheoryData<Defect, string> Finders => new()
    {
        { Defect.WritesBeforeTheSave, nameof(LightningLoggerContractTests.Nothing_touches_the_output_before_it_is_saved) },
        { Defect.WritesWhenDisposed, nameof(LightningLoggerContractTests.A_logger_disposed_without_a_save_leaves_nothing) },
        { Defect.DoesNotCutAtTheBookmark, nameof(LightningLoggerContractTests.What_was_saved_but_not_bookmarked_before_a_crash_is_there_once_after_it) },
        { Defect.DoesNotBeginAnew, nameof(LightningLoggerContractTests.Without_a_bookmark_an_instance_begins_anew) },
        { Defect.WritesAgainAtEachSave, nameof(LightningLoggerContractTests.Saving_twice_changes_nothing) },
        { Defect.DropsTheInfinities, nameof(LightningLoggerContractTests.A_value_is_kept_or_rejected) },
        { Defect.LosesTheSignOfZero, nameof(LightningLoggerContractTests.A_value_is_kept_or_rejected) },
        { Defect.KeepsFloats, nameof(LightningLoggerContractTests.A_value_is_kept_or_rejected) },
        { Defect.CutsStepsToInt, nameof(LightningLoggerContractTests.A_step_is_kept_or_rejected) },
        { Defect.TakesTheTimeOfTheSave, nameof(LightningLoggerContractTests.A_time_is_that_of_the_call_and_not_of_the_save) },
        { Defect.TakesTheTimeOfTheSystem, nameof(LightningLoggerContractTests.A_time_is_that_of_the_call_and_not_of_the_save) },
        { Defect.WritesInTheCulture, nameof(LightningLoggerContractTests.The_culture_changes_nothing) },
        { Defect.MergesNames, nameof(LightningLoggerContractTests.No_two_names_become_one) },
        { Defect.CutsLongNames, nameof(LightningLoggerContractTests.No_two_names_become_one) },
        { Defect.WritesAFilePerName, nameof(LightningLoggerContractTests.A_name_is_kept_or_mapped_or_rejected) },
        { Defect.BreaksLinesInNames, nameof(LightningLoggerContractTests.A_changed_name_is_told) },
        { Defect.ThrowsForWhatItCannotShow, nameof(LightningLoggerContractTests.What_it_cannot_show_is_ignored_and_what_it_can_show_is_taken) },
        { Defect.StopsAfterTheEnd, nameof(LightningLoggerContractTests.A_run_that_ended_can_go_on) },
        { Defect.IgnoresTheEnd, nameof(LightningLoggerContractTests.Finalizing_saves_and_records_the_status) },
        { Defect.ContinuesWithoutItsOutput, nameof(LightningLoggerContractTests.Output_that_is_gone_is_an_error_and_is_not_continued_in_silence) },
        { Defect.FailsAnyhowWithoutItsOutput, nameof(LightningLoggerContractTests.Output_that_is_gone_is_an_error_and_is_not_continued_in_silence) },
        { Defect.NeedsTheSynchronizationContext, nameof(LightningLoggerContractTests.Saving_does_not_depend_on_a_synchronization_context) },
        { Defect.KeepsTheFirstHundred, nameof(LightningLoggerContractTests.Ten_thousand_metrics_fit_into_one_call) },
        { Defect.TakesWhatItRejects, nameof(LightningLoggerContractTests.A_value_is_kept_or_rejected) },
    };

    [Theory]
    [MemberData(nameof(Finders))]
    public async Task The_suite_finds(Defect defect, string test)
    {
        var method = typeof(LightningLoggerContractTests).GetMethod(test)!;
        foreach (var arguments in method.GetCustomAttribute<DataAttribute>()?.GetData(method) ?? [[]])
        {
            if (await Fails(method, arguments, defect))
            {
                return;
            }
        }

        Assert.Fail($"{test} passes for a backend that {defect}.");
    }

    [Fact]
    public void Every_defect_has_its_test() =>
        Assert.Equal(Enum.GetValues<Defect>().Except([Defect.None]), Finders.Select(row => (Defect)row[0]).Order());

    private static async Task<bool> Fails(MethodInfo method, object[] arguments, Defect defect)
    {
        using var suite = new LineLoggerContractTests(defect);
        try
        {
            await (Task)method.Invoke(suite, arguments)!;
            return false;
        }
        catch (Exception failure)
        {
            return failure.GetType().Name != "SkippedException";
        }
    }
}
