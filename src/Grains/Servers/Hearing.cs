using Carillon.Ami.Events;

namespace Carillon.Servers;

/// <summary>
/// The class of events that this AMI user seems not to be allowed to read. AMI has no other way to tell: the events just do not come, though what they would tell of
/// has happened. Such a server is not dialed on, because nobody would see what becomes of its calls or of its agents.
/// </summary>
sealed class Hearing
{
    const string Calls = "call", Agents = "agent";

    bool _heardOfQueues;

    /// <summary>As <c>read=</c> of manager.conf names it; null if nothing is missed.</summary>
    public string? Missing { get; private set; }

    public string Problem(string? user) =>
        $"Asterisk {(Missing == Calls ? "takes calls but tells nothing of them" : "joins calls with agents but tells nothing of its queues")}: AMI user '{user}' lacks '{Missing}' " +
        "in read= of manager.conf. Add it, run 'manager reload' and save this server again.";

    /// <summary>A new login may have other permissions.</summary>
    public void Begin() => (_heardOfQueues, Missing) = (false, null);

    /// <summary>Calls that Asterisk took should long have been told of.</summary>
    public void NothingOfCalls() => Missing = Calls;

    /// <returns>True when something seems missing now, or what did was only late.</returns>
    /// <param name="e">What was heard.</param>
    /// <param name="ofOurCall">It is about a call of ours.</param>
    /// <param name="joinsAgent">It joins a caller with an agent of a queue, of which the queue has told before, if it may.</param>
    public bool Read(AmiEvent e, bool ofOurCall, bool joinsAgent)
    {
        var before = Missing;
        if (e is QueueCallerEvent or AgentEvent or QueueMemberState)
        {
            _heardOfQueues = true;
            if (Missing == Agents) Missing = null;
        }
        else if (Missing == Calls && ofOurCall && IsOfCalls(e)) Missing = null;
        else if (joinsAgent && !_heardOfQueues) Missing ??= Agents;
        return Missing != before;
    }

    static bool IsOfCalls(AmiEvent e) => e is NewchannelEvent or NewstateEvent or HangupEvent or OriginateResponseEvent;
}
