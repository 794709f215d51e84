using Carillon.Ami;
using Carillon.Ami.Events;

namespace Carillon.Lab;

/// <summary>Somebody beside the product who hears one server's events and can say what happened there, and in which order.</summary>
public sealed class Witness(Listener listener) : IAsyncDisposable
{
    public Listener Listener => listener;

    /// <summary>Attempts whose channel was made here.</summary>
    public IReadOnlyList<AttemptId> Attempts =>
        [.. listener.Heard<NewchannelEvent>().Where(e => AttemptId.FromChannelId(e.UniqueId)?.Value == e.UniqueId).Select(e => new AttemptId(e.UniqueId))];

    /// <summary>The most calls of ours that lived here at one moment.</summary>
    public int MostAtOnce
    {
        get
        {
            var (now, most) = (0, 0);
            var ours = Attempts.Select(a => a.Value).ToHashSet();
            foreach (var e in listener.Heard<ChannelEvent>().Where(e => ours.Contains(e.UniqueId)))
            {
                now += e is NewchannelEvent ? 1 : e is HangupEvent ? -1 : 0;
                most = Math.Max(most, now);
            }
            return most;
        }
    }

    /// <summary>Those of them that nobody has answered so far.</summary>
    public IReadOnlySet<AttemptId> Unanswered
    {
        get
        {
            var answered = listener.Heard<NewstateEvent>().Where(e => e.State == ChannelState.Up).Select(e => e.UniqueId).ToHashSet();
            return Attempts.Where(a => !answered.Contains(a.Value)).ToHashSet();
        }
    }

    /// <summary>How many of them have ended.</summary>
    public int Ended
    {
        get
        {
            var ours = Attempts.Select(a => a.Value).ToHashSet();
            return listener.Heard<HangupEvent>().Count(e => ours.Contains(e.UniqueId));
        }
    }

    /// <summary>Whether one signal came before the other; both must have come.</summary>
    public bool InOrder(Func<AmiSignal, bool> first, Func<AmiSignal, bool> second)
    {
        var heard = listener.Heard<AmiSignal>().ToList();
        var (a, b) = (heard.FindIndex(s => first(s)), heard.FindIndex(s => second(s)));
        return a >= 0 && a < b;
    }

    public ValueTask DisposeAsync() => listener.DisposeAsync();
}
