namespace Carillon.Network;

/// <summary>Life and faults of a server. Each method returns once the fault is in force.</summary>
public sealed partial class Server
{
    TaskCompletionSource? _frozen;

    public bool IsRunning { get; private set; }
    public bool IsFrozen => _frozen is not null;

    /// <summary>Delay before each read of a client's bytes: a server that cannot keep up.</summary>
    public TimeSpan SlowReads { get; set; }

    /// <summary>New AMI connections are closed without a greeting, as over authlimit; those that there are live on.</summary>
    public bool TurnsAway { get; set; }

    /// <summary>Boots: a new Uniqueid epoch, no calls, counters of the queues at zero, members kept. The port stays the same.</summary>
    public void Start()
    {
        lock (Network.Gate)
        {
            if (IsRunning) return;
            (_started, _uniqueIds, _channels, _locals) = (Now, 0, 0, 0);
            foreach (var trunk in Trunks) trunk.Reset();
            Queues = Queues.ToDictionary(q => q.Key, q => q.Value.Restarted(), StringComparer.OrdinalIgnoreCase);
            IsRunning = true;
            _listener.Open();
        }
    }

    /// <summary>A clean stop: all calls are hung up, Shutdown is announced, connections are closed.</summary>
    public void Stop() => Down(silent: false);

    /// <summary>As by SIGKILL: connections are reset, calls are gone without a word.</summary>
    public void Kill() => Down(silent: true);

    void Down(bool silent)
    {
        lock (Network.Gate)
        {
            if (!IsRunning) return;
            IsRunning = false;
            _listener.Close();
            _silent = silent;
            foreach (var channel in Channels.Values.ToList())
            {
                if (!channel.Ended) channel.Owner.Abort(channel, Causes.Unknown);
            }
            if (Event(EventClass.System, "Shutdown"u8) is { } e) Send(e.Raw("Shutdown: Cleanly\r\nRestart: False\r\n"u8));
            if (!silent) Network.Flush();
            Thaw();
            foreach (var session in Sessions.ToList()) session.Close(reset: silent);
            Channels.Clear();
            Bridges.Clear();
            _silent = false;
            Network.Flush();
        }
    }

    /// <summary>As by SIGSTOP: sockets stay open, nothing is read or answered. Numbers and phones go on; what happens is told after <see cref="Unfreeze"/>.</summary>
    public void Freeze()
    {
        lock (Network.Gate) _frozen ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public void Unfreeze()
    {
        lock (Network.Gate)
        {
            Thaw();
            foreach (var session in Sessions.ToList()) session.Flush();
        }
    }

    void Thaw()
    {
        _frozen?.SetResult();
        _frozen = null;
    }

    internal Task WhenThawed()
    {
        lock (Network.Gate) return _frozen?.Task ?? Task.CompletedTask;
    }

    /// <summary>Drops every AMI connection by reset; calls live on.</summary>
    public void CutLinks()
    {
        lock (Network.Gate)
        {
            foreach (var session in Sessions.ToList()) session.Close(reset: true);
        }
    }

    /// <summary>Every new call through the trunk meets 503 until <see cref="RestoreTrunk"/>. Calls under way live on.</summary>
    /// <exception cref="InvalidOperationException">No trunk has this name.</exception>
    public void DropTrunk(string name) => SetDropped(name, true);

    public void RestoreTrunk(string name) => SetDropped(name, false);

    /// <summary>Tells, as Asterisk does, that it can or cannot reach the trunk's far side. What becomes of calls does not depend on it.</summary>
    /// <param name="told">False: nobody is told; who asks for the device's state learns it.</param>
    /// <exception cref="InvalidOperationException">No trunk has this name.</exception>
    public void Qualify(string trunk, bool reachable, bool told = true)
    {
        lock (Network.Gate)
        {
            var far = Trunks.First(t => t.Name == trunk);
            far.Reachable = reachable;
            if (!told) return;
            DeviceChanged(far);
            if (Event(EventClass.System, "PeerStatus"u8) is { } e)
                Send(e.Raw("ChannelType: PJSIP\r\nPeer: PJSIP/"u8).Line(""u8, trunk).Line("PeerStatus: "u8, reachable ? "Reachable" : "Unreachable"));
            Network.Flush();
        }
    }

    void SetDropped(string name, bool dropped)
    {
        lock (Network.Gate) Trunks.First(t => t.Name == name).Dropped = dropped;
    }
}
