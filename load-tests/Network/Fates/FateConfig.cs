namespace Carillon.Network;

/// <summary>Odds and durations of a population of numbers. Odds are weights: they need not add up to 1.</summary>
public sealed record FateConfig
{
    /// <summary>Drawn, whatever the number; no fate has any odds yet.</summary>
    public static FateConfig Blank { get; } = new()
    {
        ByPrefix = false,
        Human = 0,
        Machine = 0,
        EarlyHangup = 0,
        Busy = 0,
        NoAnswer = 0,
        Unavailable = 0,
        Rejected = 0,
        InvalidNumber = 0,
        Congestion = 0,
        Dead = 0,
    };

    public double Human { get; init; } = 0.25;
    public double Machine { get; init; } = 0.10;
    public double EarlyHangup { get; init; } = 0.02;
    public double Busy { get; init; } = 0.12;
    public double NoAnswer { get; init; } = 0.36;
    public double Unavailable { get; init; } = 0.05;
    public double Rejected { get; init; } = 0.04;
    public double InvalidNumber { get; init; } = 0.04;
    public double Congestion { get; init; } = 0.01;
    public double Dead { get; init; } = 0.01;

    /// <summary>Take the fate from numbers that are built as <see cref="NumberPlan"/> says. Default true.</summary>
    public bool ByPrefix { get; init; } = true;

    /// <summary>Answer delay: this plus a gamma of shape 3, capped.</summary>
    public TimeSpan AnswerAtLeast { get; init; } = TimeSpan.FromSeconds(3);
    public TimeSpan AnswerGammaScale { get; init; } = TimeSpan.FromSeconds(3.5);
    public TimeSpan AnswerAtMost { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Post-dial delay until ringing.</summary>
    public TimeSpan RingingAfter { get; init; } = TimeSpan.FromMilliseconds(400);

    /// <summary>Two log-normal kinds of talk: short refusals and real ones.</summary>
    public double ShortTalks { get; init; } = 0.4;
    public TimeSpan ShortTalk { get; init; } = TimeSpan.FromSeconds(25);
    public double ShortTalkVariation { get; init; } = 0.6;
    public TimeSpan LongTalk { get; init; } = TimeSpan.FromSeconds(183);
    public double LongTalkVariation { get; init; } = 0.8;

    /// <summary>Share of talks that the agent ends.</summary>
    public double AgentEnds { get; init; } = 0.5;

    /// <summary>Mean patience of an answered person while nobody talks (log-normal, variation 0.6).</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Everybody answers and stays for this long whatever happens; for holding calls in load tests. Null: by the odds.</summary>
    public TimeSpan? HoldAll { get; init; }

    internal Fate Draw(Dice dice)
    {
        if (HoldAll is { } hold) return new(FateKind.Human, RingingAfter, AnswerAtLeast, hold, hold, false);
        var kind = Kind(ref dice);
        var delay = Delay(ref dice);
        var talk = dice.Chance(ShortTalks)
            ? dice.LogNormal(ShortTalk.TotalSeconds, ShortTalkVariation)
            : dice.LogNormal(LongTalk.TotalSeconds, LongTalkVariation);
        var patience = TimeSpan.FromSeconds(Math.Max(1, dice.LogNormal(Patience.TotalSeconds, 0.6)));
        var agentEnds = dice.Chance(AgentEnds);
        return kind switch
        {
            FateKind.Human => new(kind, RingingAfter, delay, patience, TimeSpan.FromSeconds(Math.Max(2, talk)), agentEnds),
            // A machine talks on for half a minute; the agent who gets it hangs up in a few seconds.
            FateKind.Machine => new(kind, RingingAfter, delay, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(5), true),
            FateKind.EarlyHangup => new(kind, RingingAfter, delay, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(0.5), false),
            FateKind.NoAnswer => new(kind, RingingAfter, Timeout.InfiniteTimeSpan, default, default, false),
            FateKind.Unavailable => new(kind, RingingAfter, TimeSpan.FromSeconds(20 + dice.Uniform() * 25), default, default, false),
            FateKind.Busy => new(kind, null, TimeSpan.FromSeconds(0.5 + dice.Uniform() * 2), default, default, false),
            FateKind.Rejected => new(kind, RingingAfter, delay, default, default, false),
            FateKind.Dead => new(kind, null, TimeSpan.FromSeconds(32), default, default, false),
            _ => new(kind, null, TimeSpan.FromSeconds(0.1 + dice.Uniform()), default, default, false),
        };
    }

    TimeSpan Delay(ref Dice dice)
    {
        var seconds = AnswerAtLeast.TotalSeconds + dice.Gamma(3, AnswerGammaScale.TotalSeconds);
        return TimeSpan.FromSeconds(Math.Min(seconds, AnswerAtMost.TotalSeconds));
    }

    FateKind Kind(ref Dice dice)
    {
        ReadOnlySpan<(FateKind Kind, double Weight)> odds =
        [
            (FateKind.Human, Human), (FateKind.Machine, Machine), (FateKind.EarlyHangup, EarlyHangup), (FateKind.Busy, Busy),
            (FateKind.NoAnswer, NoAnswer), (FateKind.Unavailable, Unavailable), (FateKind.Rejected, Rejected),
            (FateKind.InvalidNumber, InvalidNumber), (FateKind.Congestion, Congestion), (FateKind.Dead, Dead),
        ];
        var total = 0.0;
        foreach (var (_, weight) in odds) total += weight;
        var left = dice.Uniform() * total;
        foreach (var (kind, weight) in odds)
        {
            if ((left -= weight) < 0) return kind;
        }
        return FateKind.NoAnswer;
    }
}
