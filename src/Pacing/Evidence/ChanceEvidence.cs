namespace Carillon.Pacing.Evidence;

/// <summary>
/// How likely a call is answered by a person: the campaign's mean of now, times how the day goes (<see cref="DayProfile"/>), times what is peculiar to an
/// attempt number or a trunk, each shrunk towards the mean by how little was seen of it. Old calls fade: half their weight is gone after ten minutes, or
/// after 300 calls if those take longer. When nothing was dialed for an hour or a night, little of it is believed, unless
/// days before tell how such an hour goes: the list may be a fresh one.
/// </summary>
public sealed class ChanceEvidence
{
    const double HalfLifeSeconds = 600;
    const double HalfLifeCalls = 300;

    /// <summary>Before anything was seen: many answers, so that little is dialed. Worth this many calls.</summary>
    const double PriorChance = 0.6, PriorCalls = 10;

    /// <summary>After so many seconds without a call those of before are worth so many at most.</summary>
    const double LongPause = 3600, CallsBeforePause = 100;

    /// <summary>A peculiarity of which so many answers were expected counts half.</summary>
    public const double ShrinkAnswers = 20;

    /// <summary>Peculiarities held at most; further ones count as the mean.</summary>
    const int MostPeculiarities = 256;

    readonly Dictionary<Peculiarity, Tally> _tallies = [];
    readonly Dictionary<PeculiarityKind, Tally> _all = [];
    /// <summary>Calls, and the same with an hour's call that is likelier answered than the day's counted for more: what answers are held against.</summary>
    double _calls, _weight, _answers, _at = double.NaN;
    TimeOfDay _placed;

    public DayProfile Day { get; } = new();

    /// <summary>Calls that the mean rests on; old ones count less.</summary>
    public double Seen => _calls;

    /// <summary>The campaign's chance of now, apart from the time of day.</summary>
    public double Mean => MeanOf(1);

    /// <summary>The coefficient of variation of the mean as an estimate (of a binomial proportion).</summary>
    /// <param name="placed">As in <see cref="Of"/>.</param>
    public double RelativeError(TimeOfDay placed)
    {
        var believed = Believed(placed);
        var mean = MeanOf(believed);
        return Math.Sqrt((1 - mean) / mean / (_calls * believed + PriorCalls));
    }

    double MeanOf(double believed) => (_answers * believed + PriorChance * PriorCalls) / (_weight * believed + PriorCalls);

    /// <summary>The share of what was seen that still counts for calls placed then.</summary>
    double Believed(TimeOfDay placed) => placed.Since(_placed) > LongPause && _calls > CallsBeforePause && !Day.Knows(placed) ? CallsBeforePause / _calls : 1;

    /// <param name="now">In seconds from any fixed moment.</param>
    /// <param name="placed">By the clock of the campaign's schedule.</param>
    public void Ended(bool answered, double now, TimeOfDay placed, params ReadOnlySpan<Peculiarity> peculiarities)
    {
        var believed = Believed(placed);
        (_calls, _weight, _answers) = (_calls * believed, _weight * believed, _answers * believed);
        if (placed.Since(_placed) > 0) _placed = placed;
        var ofDay = Day.Of(placed);
        Day.Ended(answered, placed);
        var mean = Mean * ofDay;
        var fade = Math.Min(Math.Pow(2, -Math.Max(0, now - (double.IsNaN(_at) ? now : _at)) / HalfLifeSeconds), 1);
        fade = Math.Max(fade, Math.Pow(2, -1 / HalfLifeCalls));
        _at = now;
        (_calls, _weight, _answers) = (_calls * fade + 1, _weight * fade + ofDay, _answers * fade + (answered ? 1 : 0));
        foreach (var peculiarity in peculiarities)
        {
            if (!_tallies.TryGetValue(peculiarity, out var tally) && _tallies.Count >= MostPeculiarities) continue;
            // What the others explain is not to be explained twice: calls of a late hour are often late attempts too.
            var expected = mean * Factors(peculiarities, except: peculiarity.Kind);
            _tallies[peculiarity] = tally.With(answered, expected);
            _all[peculiarity.Kind] = _all.GetValueOrDefault(peculiarity.Kind).With(answered, expected);
        }
    }

    /// <param name="placed">By the clock of the campaign's schedule.</param>
    public double Of(TimeOfDay placed, params ReadOnlySpan<Peculiarity> peculiarities) =>
        Math.Clamp(MeanOf(Believed(placed)) * Day.Of(placed) * Factors(peculiarities, except: null), 0.001, 0.999);

    double Factors(ReadOnlySpan<Peculiarity> peculiarities, PeculiarityKind? except)
    {
        var factor = 1.0;
        foreach (var peculiarity in peculiarities)
            if (peculiarity.Kind != except && _tallies.TryGetValue(peculiarity, out var tally)) factor *= tally.Against(_all[peculiarity.Kind]);
        return factor;
    }

    /// <summary>What came and what was to be expected without the peculiarity; of the last thousand calls or so.</summary>
    readonly record struct Tally(double Answers, double Expected)
    {
        const double Fade = 0.999;

        /// <summary>How much likelier than all of its kind. Against the mean of the moment alone, a kind with one value would repeat each error of that mean.</summary>
        public double Against(Tally all) => (Answers + ShrinkAnswers) / (Expected * all.Answers / all.Expected + ShrinkAnswers);

        public Tally With(bool answered, double expected) => new(Answers * Fade + (answered ? 1 : 0), Expected * Fade + expected);
    }
}

/// <summary>What may make a call likelier or less likely to be answered than the campaign's mean.</summary>
public readonly record struct Peculiarity(PeculiarityKind Kind, int Value)
{
    /// <summary>From the fifth attempt on, all are alike.</summary>
    public static Peculiarity Attempt(int number) => new(PeculiarityKind.Attempt, Math.Clamp(number, 1, 5));

    /// <param name="trunk">The trunk's place in the campaign's list.</param>
    public static Peculiarity Trunk(int trunk) => new(PeculiarityKind.Trunk, trunk);
}

public enum PeculiarityKind { Attempt, Trunk }
