using Carillon.Calls;

namespace Carillon.Servers;

/// <summary>One AGI command, and which step of the script it is: the name under which its result comes back.</summary>
readonly record struct AgiCommand(AnswerStep Step, string Text);

enum AnswerStep { Guard, Amd, Verdict, Free, Silence, Go, Played, Key, End }

/// <summary>What follows from something that the script heard.</summary>
sealed record AnswerMove
{
    public static readonly AnswerMove None = new();

    /// <summary>To be sent in this order, each when the one before was taken.</summary>
    public IReadOnlyList<AgiCommand> Commands { get; init; } = [];
    public IReadOnlyList<CallFact> Facts { get; init; } = [];
    /// <summary>What is wrong with the server, and what to do.</summary>
    public AnswerProblem? Problem { get; init; }
}

enum AnswerProblemKind { CannotCommand, CannotHear, Refused, NoAmd, NoSound, NoScript }

sealed record AnswerProblem(AnswerProblemKind Kind, string? What = null);

/// <summary>
/// Leads one answered call whose channel waits in AGI(agi:async): AMD, if it is asked for, then the queue, a message or a script. A command is sent as soon
/// as it is certain to follow, so that a lost connection finds the call under way to somebody rather than in silence; until it is under way, the channel
/// itself hangs up after <see cref="Guard"/>. Whatever is missed, late or not understood makes the call a person's.
/// </summary>
sealed class AnswerScript(AnswerPlan plan)
{
    /// <summary>How long a call may wait for commands that do not come.</summary>
    public static readonly TimeSpan Guard = TimeSpan.FromSeconds(30);

    /// <summary>How long after the answer the channel may take to ask for commands, and how much longer than it should AMD may take to be heard of.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    enum Stage { Idle, Listening, UnderWay, Done }

    Stage _stage;
    IReadOnlyList<AgiCommand> _under = [];
    string? _sound = plan.Agentless?.Message;

    /// <summary>When to call <see cref="Overdue"/>; null while nothing is awaited.</summary>
    public DateTimeOffset? Deadline { get; private set; }

    /// <summary>The customer has answered: the channel should ask for commands at once.</summary>
    public void Answered(DateTimeOffset at)
    {
        if (_stage == Stage.Idle) Deadline ??= at + Patience;
    }

    /// <summary>The channel asks for commands.</summary>
    public AnswerMove Begin(DateTimeOffset at)
    {
        if (_stage != Stage.Idle) return AnswerMove.None;
        if (plan.Detection is not { } detection) return GoOn([]);
        _stage = Stage.Listening;
        Deadline = at + detection.TotalAnalysisTime + Patience;
        return new() { Commands = [AgiText.AutoHangup(AnswerStep.Guard, Guard), AgiText.Amd(detection), AgiText.Verdict] };
    }

    /// <summary>A command has come to its end.</summary>
    public AnswerMove Heard(AnswerStep step, string result, DateTimeOffset at) => step switch
    {
        AnswerStep.Amd when AgiText.NoSuchApplication(result) => new() { Problem = new(AnswerProblemKind.NoAmd) },
        AnswerStep.Verdict when _stage is Stage.Idle or Stage.Listening => Judge(AgiText.Value(result), at),
        AnswerStep.Go when _stage == Stage.UnderWay => Gone(result),
        AnswerStep.Played when AgiText.Value(result) == "FAILED" => NotPlayed(at),
        AnswerStep.Key => Pressed(result, at),
        _ => AnswerMove.None,
    };

    /// <summary>
    /// The connection was lost meanwhile, and this is what runs on the channel now. A call that has not got any further than AMD is asked what AMD said; if it
    /// said nothing, the person on the line has waited long enough.
    /// </summary>
    public AnswerMove Resume(string application, DateTimeOffset at)
    {
        if (!application.Equals("AGI", StringComparison.OrdinalIgnoreCase) && !application.Equals("AMD", StringComparison.OrdinalIgnoreCase))
        {
            (_stage, Deadline) = (_stage == Stage.Done ? Stage.Done : Stage.UnderWay, null);
            return AnswerMove.None;
        }
        switch (_stage)
        {
            case Stage.Done:
                return new() { Commands = [AgiText.HangUp] };
            case Stage.UnderWay:
                return new() { Commands = _under };
            default:
                if (plan.Detection is not { } detection) return GoOn([]);
                _stage = Stage.Listening;
                Deadline = at + detection.TotalAnalysisTime + Patience;
                return new() { Commands = [AgiText.Verdict] };
        }
    }

    /// <summary>What was awaited did not come.</summary>
    public AnswerMove Overdue(DateTimeOffset at)
    {
        var deaf = _stage == Stage.Idle;
        var move = plan.Detection is null ? GoOn([]) : GoOn([Fact(MachineVerdict.NotSure, deaf ? "AMD did not run" : "AMD was not heard of", at)]);
        return deaf ? move with { Problem = new(AnswerProblemKind.CannotHear) } : move;
    }

    AnswerMove Judge(string said, DateTimeOffset at)
    {
        var (status, cause) = said.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash ? (said[..slash], said[(slash + 1)..]) : (said, "");
        switch (status)
        {
            case "HANGUP":
                (_stage, Deadline) = (Stage.Done, null);
                return AnswerMove.None;
            case "MACHINE" when plan.Detection!.OnMachine != Campaigns.MachineAction.TreatAsHuman:
                (_stage, Deadline, _sound) = (Stage.UnderWay, null, plan.Detection.Message);
                return new() { Commands = _under = AgiText.ForMachine(plan.Detection), Facts = [Fact(MachineVerdict.Machine, cause, at)] };
            case "MACHINE":
                return GoOn([Fact(MachineVerdict.Machine, cause, at)]);
            case "HUMAN":
                return GoOn([Fact(MachineVerdict.Human, cause, at)]);
            default:
                return GoOn([Fact(MachineVerdict.NotSure, cause.Length > 0 ? cause : "AMD did not run", at)]);
        }
    }

    AnswerMove GoOn(IReadOnlyList<CallFact> facts)
    {
        (_stage, Deadline) = (Stage.UnderWay, null);
        return new() { Commands = _under = AgiText.ForPerson(plan), Facts = facts };
    }

    AnswerMove Gone(string result)
    {
        _stage = Stage.Done;
        return plan.Place is { } place && AgiText.Failed(result) ? new() { Problem = new(AnswerProblemKind.NoScript, place.ToString()) } : AnswerMove.None;
    }

    /// <summary>GET OPTION tells a sound that cannot be played and a caller who has hung up alike, by -1; only the first leaves the sound at its beginning.</summary>
    AnswerMove Pressed(string result, DateTimeOffset at)
    {
        _stage = Stage.Done;
        if (AgiText.Key(result) is { } key) return new() { Facts = [new() { Kind = CallFactKind.KeyPressed, At = at, Detail = key }] };
        return AgiText.Failed(result) && result.Contains("endpos=0", StringComparison.Ordinal) ? NotPlayed(at) : AnswerMove.None;
    }

    AnswerMove NotPlayed(DateTimeOffset at) => new()
    {
        Facts = [new() { Kind = CallFactKind.NotPlayed, At = at, Reason = new() { Text = $"Asterisk could not play the sound '{_sound}'." } }],
        Problem = new(AnswerProblemKind.NoSound, _sound),
    };

    static CallFact Fact(MachineVerdict verdict, string cause, DateTimeOffset at) => new() { Kind = CallFactKind.Judged, At = at, Verdict = verdict, Detail = cause };
}
