namespace Carillon.Pacing.Floor;

/// <summary>What the simulated floor meets: times in seconds from its opening, durations in seconds.</summary>
public abstract class FloorWorld
{
    /// <summary>Seconds in a day's work; the floor is empty at its end and the next day begins afresh.</summary>
    public virtual double Day => 8 * 3600;

    /// <summary>Seconds at the beginning of a day that are simulated, but not counted. Default 0.</summary>
    public virtual double Settling => 0;

    /// <summary>Campaigns that share the agents.</summary>
    public virtual int Campaigns => 1;

    public abstract int Agents { get; }

    /// <summary>Calls that ring at once, of all campaigns; further ones are not placed.</summary>
    public virtual int Lines => int.MaxValue;

    /// <summary>An answered call that meets no agent within this time is abandoned. Default 2.</summary>
    public virtual double AbandonAfter => 2;

    /// <summary>
    /// Seconds from one look of a waiting caller for a free agent to the next, the first one being at the answer. See <see cref="Forecasts.QueueLooks"/>. Default 0: whoever
    /// becomes free takes the first who waits.
    /// </summary>
    public virtual double QueueLook => 0;

    /// <summary>What becomes of a call that is placed now.</summary>
    public abstract FloorCall Place(int campaign, double now, Random random);

    public abstract double Talk(int agent, Random random);

    public abstract double WrapUp(int agent, Random random);

    /// <summary>A talk that the agent is in when the day begins: the seconds that it has lasted and those that are left. Default null: everybody begins free.</summary>
    public virtual (double Lasted, double Left)? InTalk(int agent, Random random) => null;

    /// <summary>When the agent, free now, goes away and for how long, or null: not before the next call. Asked each time the agent is free, and at the start.</summary>
    public virtual double? Away(int agent, double now, Random random) => null;
}

/// <param name="Human">A person answers.</param>
/// <param name="After">Seconds until the answer, of a machine too if it is listened to, or until the line is free again without one.</param>
/// <param name="Ready">Seconds from the answer until the call wants an agent, or is found to be nobody: what a machine detection takes.</param>
/// <param name="Machine">A machine answers, and is taken for a person: it wants an agent, and is nobody.</param>
/// <param name="Failed">Nobody was called: the network refused it.</param>
/// <param name="Attempt">Which attempt of its lead it is.</param>
public readonly record struct FloorCall(bool Human, double After, double Ready = 0, bool Machine = false, int Attempt = 1, bool Failed = false)
{
    public bool WantsAgent => Human || Machine;

    /// <summary>Seconds until it wants an agent or its line is free again.</summary>
    public double Until => After + Ready;
}
