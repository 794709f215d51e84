using System.Collections.Immutable;
using Carillon.Calls;
using Carillon.Pacing.Evidence;
using Carillon.Pacing.Forecasts;
using Carillon.Queues;
using Carillon.Storage;

namespace Carillon.Campaigns;

/// <summary>What a campaign's calls teach its pacing, and what that says of those that ring now.</summary>
sealed class CallEvidence(CampaignSetup setup)
{
    /// <summary>Attempts read from the store when a campaign is taken up: as many as the evidence remembers.</summary>
    public const int Remembered = 500;

    readonly CampaignEvidence _evidence = new(setup.Campaign.Pacing.AbandonmentCap, setup.Campaign.Pacing.AbandonmentWindow.TotalSeconds);

    /// <summary>Whether what was learned still holds for the campaign as it is set up now.</summary>
    public bool Fits(CampaignSetup other) =>
        (other.DialsAhead, other.Campaign.Pacing.AbandonmentCap, other.Campaign.Pacing.AbandonmentWindow, other.Campaign.AbandonAfter, other.Zone)
            == (setup.DialsAhead, setup.Campaign.Pacing.AbandonmentCap, setup.Campaign.Pacing.AbandonmentWindow, setup.Campaign.AbandonAfter, setup.Zone)
        && other.Campaign.Trunks.SequenceEqual(setup.Campaign.Trunks);

    public double AbandonsLeft => _evidence.AbandonsLeft;

    public double AbandonmentRate => _evidence.Window.Rate;

    public DayProfile Day => _evidence.Day;

    public double RiskLimit(DateTimeOffset now) => _evidence.RiskLimit(Seconds(now));

    /// <inheritdoc cref="CampaignEvidence.Risked"/>
    public void Risked(double limit, DateTimeOffset now) => _evidence.Risked(limit, Seconds(now));

    /// <inheritdoc cref="CampaignEvidence.Settle"/>
    public void Settle() => _evidence.Settle();

    public double Chance(int attemptNumber, DateTimeOffset now) => _evidence.Chance(At(now), Peculiarity.Attempt(attemptNumber));

    /// <summary>How likely the call that is to be placed is answered.</summary>
    public double Chance(AttemptIntent intent) => _evidence.Chance(At(intent.At), Peculiarities(intent));

    /// <summary>A state of a call that this node saw begin.</summary>
    public void Saw(Flight flight, CallReport report)
    {
        var now = Seconds(report.At);
        var rang = (report.At - flight.Intent.At).TotalSeconds;
        if (!flight.IsJudged && report.Detection is { } detection) _evidence.Judged(report.ReadyAt is not null, detection.Took.TotalSeconds);
        if (!flight.WasAnswered && report.ReadyAt is { } answered)
            _evidence.Answered((answered - flight.Intent.At).TotalSeconds, now, At(flight.Intent.At), Peculiarities(flight.Intent));
        else if (!flight.WasAnswered && report is { State: CallState.Ended, Outcome: { } outcome } && Teaches(outcome, report.TrunkFailed))
            _evidence.NotAnswered(rang, now, At(flight.Intent.At), Peculiarities(flight.Intent));
        if (report.Abandoned && !flight.WasAbandoned) _evidence.Abandoned(now);
    }

    /// <summary>
    /// Calls of before: what the law counts, and the last ones for their chances and times; and what was kept of how the day goes. A call that goes on has been counted
    /// since it was answered, but is nowhere among those that have ended.
    /// </summary>
    /// <param name="last">Read before <paramref name="answered"/>: what has ended by then is counted there.</param>
    /// <param name="open">The calls of now.</param>
    public void Remember(ImmutableArray<AnsweredSlice> answered, ImmutableArray<Attempt> last, IReadOnlyCollection<Flight> open, DayProfileMemory? day, DateTimeOffset now)
    {
        if (day is not null) _evidence.Day.Recall(day);
        var ended = last.Select(a => a.Intent.Id).ToHashSet();
        List<Flight> talks = [.. open.Where(f => f.WasAnswered && !ended.Contains(f.Intent.Id)).OrderBy(f => f.ReadyAt)];
        foreach (var call in last.Select(Learned.Of).Concat(talks.Select(Learned.Of)).OfType<Learned>().OrderBy(c => c.At).TakeLast(Remembered))
        {
            if (call.Listened is { } took) _evidence.Judged(call.IsPerson, took.TotalSeconds);
            _evidence.Learn(call.IsPerson, (call.At - call.Intent.At).TotalSeconds, Seconds(call.At), At(call.Intent.At), Peculiarities(call.Intent));
        }
        if (open.Count == 0) _evidence.Settle();
        else _evidence.Mature(Seconds(now));
        // It knows of those calls already.
        if (day is not null) _evidence.Day.Recall(day);
        foreach (var slice in answered) _evidence.Relive(Seconds(slice.At), slice.Answered, slice.Abandoned);
        foreach (var talk in talks) Found(talk);
    }

    /// <summary>A call that goes on, of which nobody had known: that it was answered, and abandoned, is counted now.</summary>
    public void Found(Flight flight)
    {
        if (flight.ReadyAt is { } ready) _evidence.Relive(Seconds(ready), 1, flight.WasAbandoned ? 1 : 0);
    }

    /// <summary>What a call of before taught, and when.</summary>
    sealed record Learned(AttemptIntent Intent, bool IsPerson, DateTimeOffset At, TimeSpan? Listened)
    {
        public static Learned? Of(Attempt ended) => ended is { EndedAt: { } at, Outcome: { } outcome } && Teaches(outcome, ended.TrunkFailed)
            ? new(ended.Intent, ended.ReadyAt is not null, ended.ReadyAt ?? at, ended.Detection) : null;

        public static Learned? Of(Flight talk) => talk.ReadyAt is { } ready ? new(talk.Intent, true, ready, talk.IsJudged ? ready - talk.AnsweredAt : null) : null;
    }

    /// <summary>What the network failed says nothing of the number: learned from, a dead trunk would make its return a flood. One that dies silently looks as if nobody answered.</summary>
    static bool Teaches(Outcome outcome, bool trunkFailed) => !trunkFailed && outcome is not (Outcome.Unknown or Outcome.Congestion or Outcome.Failed);

    public PredictiveClaim Claim(IEnumerable<int> nextAttempts, DateTimeOffset now)
    {
        var times = _evidence.Curve(Seconds(now)).Times;
        return new()
        {
            RiskLimit = RiskLimit(now),
            RiskBase = _evidence.RiskBase,
            Chances = [.. nextAttempts.Select(attempt => Chance(attempt, now))],
            Shares = times.Shares,
            By = times.By,
            Grace = TimeSpan.FromSeconds(QueueLooks.LastInTime(setup.Campaign.AbandonAfter.TotalSeconds)),
        };
    }

    /// <summary>The calls on one server that have met no agent yet.</summary>
    public PoolCalls Forecast(IEnumerable<Flight> calls, DateTimeOffset now)
    {
        var curve = _evidence.Curve(Seconds(now));
        var answers = new CountForecast();
        var (waiting, ringing) = (0, 0);
        foreach (var call in calls)
        {
            if (call.WasAnswered)
            {
                waiting++;
                continue;
            }
            ringing++;
            if (call.Listened(now) is { } listened) curve.AddListened(answers, Math.Max(0, listened.TotalSeconds));
            else curve.AddRinging(answers, call.Chance, Math.Max(0, (now - call.Intent.At).TotalSeconds));
        }
        answers.Blur(_evidence.ChanceError(At(now)));
        return new() { Waiting = waiting, Ringing = ringing, Means = [.. answers.Means], Variances = [.. answers.Variances] };
    }

    Peculiarity[] Peculiarities(AttemptIntent intent) =>
        [Peculiarity.Attempt(intent.AttemptNumber), Peculiarity.Trunk(setup.Campaign.Trunks.IndexOf(intent.Trunk))];

    TimeOfDay At(DateTimeOffset at) => TimeOfDay.At(at, setup.Zone);

    static double Seconds(DateTimeOffset at) => (at - DateTimeOffset.UnixEpoch).TotalSeconds;
}
