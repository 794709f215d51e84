namespace Carillon.Network;

/// <summary>An interface in one queue of one server, with the counters that app_queue keeps.</summary>
sealed class QueueMember(CallQueue queue, string @interface, string name, int penalty, Phone? phone)
{
    readonly DateTimeOffset _login = queue.Server.Now;
    DateTimeOffset? _lastPause;

    public string Interface => @interface;
    public string Name => name;
    public Phone? Phone => phone;
    public int Penalty { get; private set; } = penalty;
    public bool Paused { get; private set; }
    public string PausedReason { get; private set; } = "";
    public int CallsTaken { get; private set; }
    public DateTimeOffset? LastCall { get; private set; }
    public bool InCall { get; set; }

    /// <summary>4 is an interface that no phone answers to.</summary>
    public int Status => phone?.MemberStatus ?? 4;

    public bool IsAvailable => Status == 1 && !Paused && !InCall && (LastCall is not { } last || queue.Server.Now - last >= queue.WrapUpTime);

    public void StartPaused(string reason) => (Paused, PausedReason, _lastPause) = (true, reason, queue.Server.Now);

    public void SetPaused(bool paused, string reason)
    {
        (Paused, PausedReason) = (paused, paused ? reason : "");
        if (paused) _lastPause = queue.Server.Now;
        if (queue.Server.Event(EventClass.Agent, "QueueMemberPause"u8) is not { } e) return;
        Describe(e);
        if (!queue.Server.Is22 && paused) e.Line("Reason: "u8, reason);
        queue.Server.Send(e);
    }

    public void SetPenalty(int value)
    {
        Penalty = value;
        Write("QueueMemberPenalty"u8);
    }

    public void Completed()
    {
        CallsTaken++;
        LastCall = queue.Server.Now;
        InCall = false;
    }

    public void Write(ReadOnlySpan<byte> name)
    {
        if (queue.Server.Event(EventClass.Agent, name) is not { } e) return;
        Describe(e);
        queue.Server.Send(e);
    }

    void Describe(AmiText e)
    {
        e.Line("Queue: "u8, queue.Name).Line("MemberName: "u8, name).Line("Interface: "u8, @interface).Line("StateInterface: "u8, @interface);
        Counters(e);
        e.Line("PausedReason: "u8, PausedReason).Raw("Ringinuse: 0\r\nWrapuptime: 0\r\n"u8);
    }

    /// <summary>The row of QueueStatus: other key names than the events have.</summary>
    public void Row(AmiText e)
    {
        e.Line("Queue: "u8, queue.Name).Line("Name: "u8, name).Line("Location: "u8, @interface).Line("StateInterface: "u8, @interface);
        Counters(e);
        e.Line("PausedReason: "u8, PausedReason).Raw("Wrapuptime: 0\r\n"u8);
    }

    void Counters(AmiText e) => e.Raw("Membership: dynamic\r\n"u8).Line("Penalty: "u8, Penalty).Line("CallsTaken: "u8, CallsTaken)
        .Line("LastCall: "u8, LastCall?.ToUnixTimeSeconds() ?? 0).Line("LastPause: "u8, _lastPause?.ToUnixTimeSeconds() ?? 0)
        .Line("LoginTime: "u8, _login.ToUnixTimeSeconds()).Line("InCall: "u8, InCall ? 1 : 0).Line("Status: "u8, Status).Line("Paused: "u8, Paused ? 1 : 0);
}
