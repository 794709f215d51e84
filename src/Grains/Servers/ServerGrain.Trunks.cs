using System.Collections.Immutable;
using Carillon.Ami.Events;
using Carillon.Calls;
using Carillon.Pacing;
using Microsoft.Extensions.Logging;

namespace Carillon.Servers;

/// <summary>Judging the trunks by what their calls tell.</summary>
sealed partial class ServerGrain
{
    /// <summary>To be called before the fact is taken into account: the end of a call frees its place, and with it what is known of it.</summary>
    void JudgeTrunk(BoardCall call, CallFact fact)
    {
        if (TrunkEvidence.Of(call, fact) is { } result) Tell(call, result);
        if (fact.Kind is not CallFactKind.HungUp and not CallFactKind.OriginateFailed || call.TrunkResult is not (TrunkResult.Refused or TrunkResult.Silent)) return;
        if (call.Reached || _lines.Health(call.Trunk, Uptime) is not (TrunkState.Resting or TrunkState.Probing or TrunkState.Recovering)) return;
        _news.Call(call.Attempt, new() { Kind = CallFactKind.TrunkFailed, At = fact.At, Reason = new() { Text = $"Trunk {NameOf(call.Trunk)} was failing: the attempt does not count, unless the one before was lost so too." } });
    }

    /// <summary>183 comes as an event of its own and changes no state.</summary>
    void JudgeTrunk(DialStateEvent e)
    {
        if (TrunkEvidence.IsProgress(e) && AttemptId.FromChannelId(e.DestUniqueId) is { } id && _calls.Find(id) is { AgentFirst: false } call) Tell(call, TrunkResult.Reached);
    }

    void FindSilentCalls()
    {
        foreach (var call in _calls.Calls.ToList())
            if (call is { AgentFirst: false, TrunkResult: null, InDoubt: false } && call.SentAt < _heardUntil - TrunkEvidence.LongestPostDialDelay) Tell(call, TrunkResult.Silent);
    }

    void Tell(BoardCall call, TrunkResult result)
    {
        call.Reached |= result == TrunkResult.Reached;
        if (call.TrunkResult is not null) return;
        call.TrunkResult = result;
        var before = _lines.Health(call.Trunk, Uptime);
        _lines.Tell(call.Attempt, result, Uptime);
        metrics.Judged(call.Trunk, result);
        var after = _lines.Health(call.Trunk, Uptime);
        if (before == after) return;
        TrunkBecame(_log, Id.Value, call.Trunk.Value, after);
        if (after == TrunkState.Resting) TakeBack();
    }

    /// <summary>Endpoints and peers of which Asterisk said that they cannot be reached; phones too. Known as long as the connection lasts.</summary>
    readonly HashSet<string> _unreachable = new(StringComparer.Ordinal);

    /// <summary>Events tell changes only. What is taken for unreachable is asked for again: whoever was reached between an answer and the events may not be told.</summary>
    void AskReach(bool onlyUnreachable = false) =>
        _link.AskReach(_setup.Trunks.Values.Where(t => t.Enabled).Select(t => TrunkReach.EndpointOf(t.DialString)).OfType<string>().Where(e => !onlyUnreachable || _unreachable.Contains(e)));

    void Report(TrunkReach reach)
    {
        if (reach.IsReachable ? _unreachable.Remove(reach.Endpoint) : _unreachable.Add(reach.Endpoint)) RestUnreachable();
    }

    void RestUnreachable()
    {
        foreach (var (trunk, config) in _setup.Trunks)
        {
            var isReachable = TrunkReach.EndpointOf(config.DialString) is not { } endpoint || !_unreachable.Contains(endpoint);
            if (_lines.IsUnreachable(trunk) != isReachable) continue;
            _lines.Report(trunk, isReachable, Uptime);
            TrunkReported(_log, Id.Value, trunk.Value, isReachable ? "reachable" : "unreachable");
        }
        TakeBack();
    }

    public Task<TrunkStatus> GetTrunk(TrunkId trunk) => Task.FromResult(StatusOf(trunk));

    ImmutableArray<TrunkStatus> TrunkStatuses() => [.. _setup.Trunks.Keys.OrderBy(t => t.Value, StringComparer.Ordinal).Select(StatusOf)];

    TrunkStatus StatusOf(TrunkId trunk) => _lines.Status(trunk, Uptime) with { Problem = ProblemOf(trunk) };

    string? ProblemOf(TrunkId trunk) => _lines.Health(trunk, Uptime) switch
    {
        _ when _lines.IsUnreachable(trunk) => $"Asterisk says that {TrunkReach.EndpointOf(_setup.Trunks[trunk].DialString)}, through which trunk {NameOf(trunk)} dials, is unreachable: nothing is placed on it until it can be reached again. Look at its far side, the network and its registration.",
        TrunkState.Weak => $"Some calls by trunk {NameOf(trunk)} are refused or meet silence: less is placed on it. Ask its provider, and look at its channels and registration.",
        TrunkState.Resting or TrunkState.Probing => $"Calls by trunk {NameOf(trunk)} are refused or meet silence: nothing but a call now and then is placed on it until one gets through. Look at its registration ('pjsip show registrations', 'pjsip show endpoints') and at its provider.",
        TrunkState.Recovering => $"Trunk {NameOf(trunk)} works again: more is placed on it with every call that gets through.",
        _ => null,
    };

    string NameOf(TrunkId trunk) => _setup.Trunks.TryGetValue(trunk, out var config) ? $"'{config.Name}'" : trunk.Value;

    [LoggerMessage(Level = LogLevel.Warning, Message = "Server {Server}: trunk {Trunk} is {Reach}, as Asterisk says")]
    static partial void TrunkReported(ILogger logger, string server, string trunk, string reach);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Server {Server}: trunk {Trunk} is {State}")]
    static partial void TrunkBecame(ILogger logger, string server, string trunk, TrunkState state);
}
