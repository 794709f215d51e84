using Carillon.Calls;
using Carillon.Campaigns;
using Carillon.Servers;

namespace Carillon.Grains.Tests;

public class AnswerScriptTests
{
    static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    static readonly AnswerPlan Screened = new() { QueueName = "sales", QueueTimeout = TimeSpan.FromSeconds(30), Detection = new() };

    static AnswerMove Verdict(AnswerScript script, string said) => script.Heard(AnswerStep.Verdict, $"200 result=1 ({said})\n", Now);

    static AnswerScript Begun(AnswerPlan plan)
    {
        var script = new AnswerScript(plan);
        script.Begin(Now);
        return script;
    }

    static string[] Text(AnswerMove move) => [.. move.Commands.Select(c => c.Text)];

    static readonly string[] ToQueue = ["SET AUTOHANGUP 0", "EXEC Queue \"sales,,,,30\"", "HANGUP"];

    [Fact]
    public void AMD_runs_under_a_guard_with_the_parameters_of_the_campaign()
    {
        var move = new AnswerScript(Screened).Begin(Now);

        Assert.Equal(["SET AUTOHANGUP 30", "EXEC AMD \"5000,2000,800,5000,100,50,5,256,5000\"", "GET FULL VARIABLE \"${AMDSTATUS}/${AMDCAUSE}\""], Text(move));
    }

    [Theory]
    [InlineData("HUMAN/HUMAN-800-800", MachineVerdict.Human, "HUMAN-800-800")]
    [InlineData("NOTSURE/TOOLONG-4900", MachineVerdict.NotSure, "TOOLONG-4900")]
    [InlineData("/", MachineVerdict.NotSure, "AMD did not run")]
    [InlineData("", MachineVerdict.NotSure, "AMD did not run")]
    [InlineData("SOMETHING/NEW", MachineVerdict.NotSure, "NEW")]
    public void Whoever_is_no_machine_for_certain_goes_to_the_queue(string said, MachineVerdict verdict, string cause)
    {
        var move = Verdict(Begun(Screened), said);

        Assert.Equal(ToQueue, Text(move));
        Assert.Equal((CallFactKind.Judged, verdict, cause, Now), move.Facts.Select(f => (f.Kind, f.Verdict!.Value, f.Detail!, f.At)).Single());
    }

    [Theory]
    [InlineData(MachineAction.HangUp, null, new[] { "HANGUP" })]
    [InlineData(MachineAction.TreatAsHuman, null, new[] { "SET AUTOHANGUP 0", "EXEC Queue \"sales,,,,30\"", "HANGUP" })]
    [InlineData(MachineAction.LeaveMessage, "offer", new[]
    {
        "SET AUTOHANGUP 0", "EXEC WaitForSilence \"800,1,30\"", "EXEC Playback \"offer\"", "GET FULL VARIABLE \"${PLAYBACKSTATUS}\"", "HANGUP",
    })]
    public void A_machine_gets_what_the_campaign_says(MachineAction action, string? message, string[] expected)
    {
        var move = Verdict(Begun(Screened with { Detection = new() { OnMachine = action, Message = message } }), "MACHINE/MAXWORDS-6-5");

        Assert.Equal(expected, Text(move));
        Assert.Equal(MachineVerdict.Machine, move.Facts.Single().Verdict);
    }

    [Fact]
    public void Who_hangs_up_meanwhile_and_what_is_heard_twice_changes_nothing()
    {
        Assert.Same(AnswerMove.None, Verdict(Begun(Screened), "HANGUP/"));
        var script = Begun(Screened);
        Verdict(script, "HUMAN/HUMAN-800-800");

        Assert.Same(AnswerMove.None, Verdict(script, "MACHINE/MAXWORDS-6-5"));
        Assert.Same(AnswerMove.None, script.Begin(Now));
        Assert.Null(script.Deadline);
    }

    [Fact]
    public void A_verdict_that_does_not_come_in_time_makes_a_person()
    {
        var script = Begun(Screened);

        Assert.Equal(Now + TimeSpan.FromSeconds(7), script.Deadline);
        var move = script.Overdue(script.Deadline!.Value);

        Assert.Equal(ToQueue, Text(move));
        Assert.Equal(MachineVerdict.NotSure, move.Facts.Single().Verdict);
        Assert.Null(move.Problem);
    }

    [Fact]
    public void A_channel_of_which_nothing_is_heard_goes_to_the_queue_unheard_and_the_permission_is_named()
    {
        var script = new AnswerScript(Screened);
        script.Answered(Now);

        var move = script.Overdue(script.Deadline!.Value);

        Assert.Equal(ToQueue, Text(move));
        Assert.Equal(AnswerProblemKind.CannotHear, move.Problem!.Kind);
    }

    [Theory]
    [InlineData("AGI")]
    [InlineData("AMD")]
    public void After_a_loss_a_call_in_the_middle_of_AMD_is_asked_what_it_said(string application)
    {
        foreach (var script in new[] { Begun(Screened), new AnswerScript(Screened) })
        {
            Assert.Equal(["GET FULL VARIABLE \"${AMDSTATUS}/${AMDCAUSE}\""], Text(script.Resume(application, Now)));
            Assert.Equal(ToQueue, Text(Verdict(script, "HUMAN/HUMAN-800-800")));
        }
    }

    [Fact]
    public void After_a_loss_a_call_in_the_queue_is_left_there_and_one_that_did_not_get_there_is_sent_again()
    {
        var script = Begun(Screened);
        Verdict(script, "HUMAN/HUMAN-800-800");

        Assert.Empty(script.Resume("Queue", Now).Commands);
        Assert.Equal(ToQueue, Text(script.Resume("AGI", Now)));
        script.Heard(AnswerStep.Go, "200 result=0\n", Now);
        Assert.Equal(["HANGUP"], Text(script.Resume("AGI", Now)));
    }

    [Fact]
    public void A_message_reports_the_key_and_a_sound_that_is_missing()
    {
        var plan = new AnswerPlan { Agentless = new() { Message = "offer", Keys = "12#" } };
        Assert.Equal(["SET AUTOHANGUP 0", "GET OPTION \"offer\" \"12#\" 5000", "HANGUP"], Text(new AnswerScript(plan).Begin(Now)));

        Assert.Equal("#", Begun(plan).Heard(AnswerStep.Key, "200 result=35 endpos=13760\n", Now).Facts.Single().Detail);
        Assert.Same(AnswerMove.None, Begun(plan).Heard(AnswerStep.Key, "200 result=0 endpos=13760\n", Now));
        Assert.Same(AnswerMove.None, Begun(plan).Heard(AnswerStep.Key, "200 result=-1 endpos=8000\n", Now));
        Assert.Equal("offer", Begun(plan).Heard(AnswerStep.Key, "200 result=-1 endpos=0\n", Now).Problem!.What);
        Assert.Equal("offer", Begun(plan with { Agentless = new() { Message = "offer" } }).Heard(AnswerStep.Played, "200 result=1 (FAILED)\n", Now).Problem!.What);
    }

    [Fact]
    public void A_missing_module_is_named() => Assert.Equal(AnswerProblemKind.NoAmd, Begun(Screened).Heard(AnswerStep.Amd, "200 result=-2\n", Now).Problem!.Kind);
}
