namespace Carillon.Network;

/// <summary>A person at a desk phone: a member of the same queues on all of his servers.</summary>
public sealed class Agent
{
    const string WrapUpReason = "wrapup";
    readonly TelephoneNetwork _network;
    int _wrapUps;

    internal Agent(TelephoneNetwork network, AgentConfig config)
    {
        (_network, Config) = (network, config);
        Phone = new(network, this);
    }

    public AgentConfig Config { get; }
    public Phone Phone { get; }
    public string Interface => $"PJSIP/{Config.Endpoint}";

    public bool IsLoggedIn { get; private set; }

    /// <summary>At work, and neither in a call nor in wrap-up nor paused.</summary>
    public bool IsFree
    {
        get
        {
            lock (_network.Gate) return IsLoggedIn && Memberships().All(m => m.IsAvailable);
        }
    }

    /// <summary>Queue calls taken on all servers.</summary>
    public int CallsTaken { get; internal set; }

    internal bool KnownTo(Server server) => Config.Servers is null || Config.Servers.Contains(server.Name);

    /// <summary>Joins his queues on every server.</summary>
    public void LogIn() => Act(() =>
    {
        IsLoggedIn = true;
        foreach (var queue in Queues()) queue.Add(Interface, Config.Name, penalty: 0, paused: false, "");
    });

    public void LogOut() => Act(() =>
    {
        IsLoggedIn = false;
        foreach (var queue in Queues()) queue.Remove(Interface);
    });

    public void Pause(string reason) => Act(() => SetPaused(true, reason));

    public void Unpause() => Act(() => SetPaused(false, ""));

    /// <summary>After a queue call: his own wrap-up, unless something else has paused him meanwhile.</summary>
    internal void Completed()
    {
        CallsTaken++;
        if (Config.WrapUp <= TimeSpan.Zero || Memberships().Any(m => m.Paused)) return;
        var dice = new Dice(_network.Config.Seed, Interface, ++_wrapUps);
        SetPaused(true, WrapUpReason);
        _network.Scheduler.After(TimeSpan.FromSeconds(dice.LogNormal(Config.WrapUp.TotalSeconds, Config.WrapUpVariation)), () =>
        {
            foreach (var member in Memberships().Where(m => m.PausedReason == WrapUpReason)) member.SetPaused(false, "");
        });
    }

    void SetPaused(bool paused, string reason)
    {
        foreach (var member in Memberships()) member.SetPaused(paused, reason);
    }

    IEnumerable<QueueMember> Memberships() =>
        _network.Servers.Where(KnownTo).SelectMany(s => s.Queues.Values).Select(q => q.Find(Interface)).OfType<QueueMember>();

    IEnumerable<CallQueue> Queues() => _network.Servers.Where(KnownTo).SelectMany(s => s.Queues.Values.Where(q => Config.Queues.Contains(q.Name)));

    void Act(Action action)
    {
        lock (_network.Gate)
        {
            action();
            _network.Flush();
        }
    }
}
