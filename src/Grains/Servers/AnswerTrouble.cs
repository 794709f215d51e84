namespace Carillon.Servers;

/// <summary>
/// What keeps a server from leading answered calls as their campaigns ask. Without the permission or the module, calls go on without AMD, which annoys
/// agents but no customer, and the server's snapshot says so. Reconnecting, or saving the server again, starts anew.
/// </summary>
sealed class AnswerTrouble
{
    /// <summary>A sound or script that was missing is told of for this long after the last call that missed it.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromMinutes(10);

    bool _denied;
    bool _needsContext;
    string? _refused;
    bool _deaf;
    bool _noAmd;
    bool _wanted;
    (AnswerProblem Problem, DateTimeOffset At)? _missing;

    /// <summary>Only a new login shows that a permission was added.</summary>
    public bool NeedsLogin => Denied && _wanted || _deaf;

    bool Denied => _denied || _needsContext || _refused is not null;

    /// <param name="mayCommand">The user may send commands to calls.</param>
    /// <param name="mayWait">And may originate calls that wait for them.</param>
    public void Begin(bool mayCommand, bool mayWait) =>
        (_denied, _needsContext, _refused, _deaf, _noAmd, _wanted, _missing) = (!mayCommand, !mayWait, null, false, false, false, null);

    /// <summary>The module may have been loaded meanwhile.</summary>
    public void TryAgain() => _noAmd = false;

    public void Note(AnswerProblem problem, DateTimeOffset at)
    {
        switch (problem.Kind)
        {
            case AnswerProblemKind.CannotCommand: _denied = true; break;
            case AnswerProblemKind.Refused: _refused = problem.What ?? ""; break;
            case AnswerProblemKind.CannotHear: _deaf = true; break;
            case AnswerProblemKind.NoAmd: _noAmd = true; break;
            default: _missing = (problem, at); break;
        }
    }

    /// <summary>The channel has asked for commands: so we do hear of it.</summary>
    public void Heard() => _deaf = false;

    /// <summary>As much of the plan as this server can do.</summary>
    public AnswerPlan Possible(AnswerPlan plan)
    {
        _wanted |= plan.NeedsCommands;
        return plan.Detection is not null && (Denied || _deaf || _noAmd) ? plan with { Detection = null } : plan;
    }

    public bool MayLead(AnswerPlan possible) => possible.NeedsCommands && !Denied && !_deaf;

    const string Again = "Correct it, run 'manager reload' and save this server again.";

    /// <summary>Null: nothing that anybody has noticed.</summary>
    public string? Sentence(string user, DateTimeOffset now) => this switch
    {
        { _denied: true, _wanted: true } => $"Campaigns want AMD or messages here, but AMI user '{user}' lacks 'agi' in write= of manager.conf: calls go on without. {Again}",
        { _needsContext: true, _wanted: true } => $"Campaigns want AMD or messages here, but Asterisk lets AMI user '{user}' originate no AGI: calls go on without. Give this server an agiContext (docs/connect-asterisk.md), or the user 'system' in write= of manager.conf. {Again}",
        { _refused: { } said } => $"Asterisk refuses calls that wait for commands ('{said}'): calls go on without AMD. Check this server's agiContext and that res_agi.so is loaded. {Again}",
        { _deaf: true } => $"Answered calls wait for commands and nothing is heard of them: AMI user '{user}' lacks 'agi' in read= of manager.conf, so calls go on without AMD. {Again}",
        { _noAmd: true } => "Asterisk has no application AMD: calls go on without it. Load app_amd.so ('module load app_amd.so', and modules.conf) and save this server again.",
        { _missing: var (problem, at) } when now - at < Remembered => problem.Kind == AnswerProblemKind.NoSound
            ? $"Asterisk could not play the sound '{problem.What}': put its file below the sounds folder of this server, in a format that a loaded module reads."
            : $"Asterisk could not run the script {problem.What}: add it to the dialplan of this server ('dialplan show'), or load app_stack.so.",
        _ => null,
    };
}
