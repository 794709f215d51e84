using Carillon.Ami;
using Carillon.Ami.Events;
using Carillon.Campaigns;
using Carillon.Queues;
using Microsoft.Extensions.Logging;

namespace Carillon.Servers;

/// <summary>Leading calls that wait for commands once they are answered.</summary>
sealed partial class ServerGrain
{
    readonly AnswerTrouble _trouble = new();

    void Lead(AsyncAgiEvent e, DateTimeOffset at)
    {
        if (_calls.CommandedBy(e) is not { Script: { } script } call) return;
        call.ChannelName = e.Channel;
        switch (e)
        {
            case AsyncAgiStartEvent:
                _trouble.Heard();
                Move(call, script.Begin(at), at);
                break;
            case AsyncAgiExecEvent done when Enum.TryParse<AnswerStep>(done.CommandId, out var step):
                Move(call, script.Heard(step, done.Result, at), at);
                break;
        }
    }

    void Move(BoardCall call, AnswerMove move, DateTimeOffset at)
    {
        foreach (var fact in move.Facts) Tell(call, fact);
        if (move.Problem is { } problem)
        {
            _trouble.Note(problem, at);
            AnswerTroubled(_log, Id.Value, problem.Kind, problem.What);
        }
        if (move.Commands.Count > 0 && _link.Client is not null && call.ChannelName is { } channel) _link.Command(call.Attempt, channel, move.Commands);
    }

    async Task CommandRefused(AttemptId attempt, AmiResponse refusal, DateTimeOffset at)
    {
        if (refusal.Answer == AmiAnswer.PermissionDenied)
        {
            // Taken away since the login: whoever is on the line would hear nothing for ever.
            _trouble.Note(new(AnswerProblemKind.CannotCommand), at);
            await Hangup(attempt);
        }
        // Mostly a channel that has just hung up, of which an event tells.
        else CommandNotTaken(_log, Id.Value, attempt.Value, refusal.Message);
    }

    /// <summary>Asterisk would not place a call for the sake of what was to become of it.</summary>
    void Trouble(AttemptId id, OriginateResult.Rejected rejected, DateTimeOffset at)
    {
        if (rejected.Answer is AmiAnswer.NotSent || _calls.Find(id) is not { } call) return;
        if (call.Script is not null) _trouble.Note(new(AnswerProblemKind.Refused, rejected.Message), at);
        else if (call.Place is not null && rejected.Message.StartsWith("Extension does not exist", StringComparison.Ordinal)) _trouble.Note(new(AnswerProblemKind.NoScript, call.Place), at);
    }

    /// <summary>Nobody who answered waits for a command that was lost.</summary>
    void CheckAnswers()
    {
        var now = time.GetUtcNow();
        var overdue = _calls.Calls.Where(c => c.Script?.Deadline <= now).ToList();
        foreach (var call in overdue) Move(call, call.Script!.Overdue(now), now);
        if (overdue.Count > 0) _link.Nudge();
    }

    /// <summary>What the calls' campaigns want done with them, for calls that another activation placed.</summary>
    async Task<IReadOnlyDictionary<CampaignId, (bool AgentFirst, AnswerPlan Plan)>> Plans(IEnumerable<CampaignId> campaigns)
    {
        var found = await configs.Campaigns.GetManyAsync(campaigns.Distinct().Select(c => c.Value));
        var queues = (await configs.Queues.GetManyAsync(found.Select(c => c.Config.Queue?.Value).OfType<string>().Distinct())).ToDictionary(q => q.Id, q => q.Config);
        return found.ToDictionary(c => new CampaignId(c.Id), c => (c.Config.AgentFirst, AnswerPlan.Of(c.Config, QueueOf(c.Config))));

        QueueConfig? QueueOf(CampaignConfig campaign) => campaign.Queue is { } queue ? queues.GetValueOrDefault(queue.Value) : null;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Server {Server} cannot lead answered calls: {Problem} {What}")]
    static partial void AnswerTroubled(ILogger logger, string server, AnswerProblemKind problem, string? what);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Server {Server}: a command to {Attempt} was not taken: {Why}")]
    static partial void CommandNotTaken(ILogger logger, string server, string attempt, string why);
}
