namespace Carillon.Pacing.Floor;

/// <summary>A pacing law under trial. It is told what a dialer is told, and asked how many calls to place.</summary>
public interface IFloorLaw
{
    int Decide(FloorView view);

    /// <summary>A call of this campaign that rang so long was answered by a person, and wants an agent from now on.</summary>
    void Answered(FloorView view, double rang) { }

    void NotAnswered(FloorView view, double rang) { }

    /// <summary>Of a call that was answered, and is told of next, machine detection has come to its verdict after so many seconds.</summary>
    void Judged(FloorView view, bool person, double seconds) { }

    /// <summary>The network refused the call. For most dialers it is one that was not answered.</summary>
    void Failed(FloorView view, double rang) => NotAnswered(view, rang);

    void Abandoned(FloorView view) { }

    void TalkEnded(FloorView view, double seconds) { }

    void WrapUpEnded(FloorView view, double seconds) { }
}

public enum FloorAgentState { Idle, Talking, WrapUp, Away }

public sealed class FloorAgent
{
    public FloorAgentState State { get; internal set; }
    public double Since { get; internal set; }
    internal double TalkEnds { get; set; }
    /// <summary>When a busy agent will be free. No dialer can know it; an oracle may.</summary>
    public double FreeAt { get; internal set; }
}

public sealed class FloorLine
{
    public required int Campaign { get; init; }
    public required double PlacedAt { get; init; }
    /// <summary>What will become of it. No dialer can know it; an oracle may.</summary>
    public required FloorCall Fate { get; init; }
    internal int Place { get; set; }

    /// <summary>For how many seconds machine detection has listened to it; null: it rings.</summary>
    public double? Listened(double now) => Fate.Ready > 0 && now >= PlacedAt + Fate.After ? now - PlacedAt - Fate.After : null;
}

/// <summary>What one campaign sees of the floor.</summary>
public sealed class FloorView
{
    internal FloorView(Floor floor, int campaign)
    {
        (Floor, Campaign) = (floor, campaign);
    }

    Floor Floor { get; }

    public int Campaign { get; }
    /// <summary>The law of a campaign that shares the agents: those that know of each other may ask it.</summary>
    public IFloorLaw LawOf(int campaign) => Floor.LawOf(campaign);
    public double Now => Floor.Now;
    public IReadOnlyList<FloorAgent> Agents => Floor.Agents;
    /// <summary>Agents who are not away.</summary>
    public int LoggedIn => Floor.LoggedIn;
    public int Idle => Floor.Idle;
    /// <summary>See <see cref="FloorWorld.QueueLook"/>.</summary>
    public double QueueLook => Floor.QueueLook;
    /// <summary>Answered calls that want an agent and have none yet.</summary>
    public int Waiting => Floor.Waiting;
    /// <summary>Calls that ring, or are at the machine detection, of all campaigns.</summary>
    public IReadOnlyList<FloorLine> Ringing => Floor.Ringing;
}
