using Carillon.Pacing.Evidence;

namespace Carillon.Pacing.WhatIf;

/// <summary>
/// Calls of before, from which those to come are drawn: each is one of them again. Only whether it is answered is drawn apart: from the mean chance, times
/// what is peculiar to an attempt number and an hour, each shrunk towards the mean by how little was seen of it.
/// </summary>
public sealed class CallHistory
{
    /// <summary>From the fifth attempt on, all are alike.</summary>
    public const int Attempts = 5;

    const double LeastChance = 0.001, MostChance = 0.98;

    readonly PastCall[] _calls;
    readonly PastCall[] _answered;
    readonly PastCall[][] _others;
    readonly double[] _talks;
    readonly double _talkSeconds;
    readonly double[] _byAttempt = new double[Attempts];
    readonly double[] _byHour = new double[24];

    /// <param name="calls">The oldest first; at least one answered, and one talk.</param>
    public CallHistory(IReadOnlyCollection<PastCall> calls)
    {
        _calls = [.. calls];
        _answered = [.. _calls.Where(c => c.Answered)];
        _talks = [.. _calls.Where(c => c.Talk is not null).Select(c => c.Talk!.Value)];
        if (_answered.Length == 0 || _talks.Length == 0) throw new ArgumentException("Nobody answered, or nobody talked.", nameof(calls));
        _talkSeconds = _talks.Sum();
        var unanswered = _calls.Where(c => !c.Answered).ToLookup(c => Class(c.Attempt));
        var all = unanswered.SelectMany(c => c).ToArray();
        _others = [.. Enumerable.Range(0, Attempts).Select(attempt => unanswered[attempt].Count() >= ChanceEvidence.ShrinkAnswers ? unanswered[attempt].ToArray() : all)];
        Chance = (double)_answered.Length / _calls.Length;
        Learn(_byAttempt, c => Class(c.Attempt), _ => Chance);
        Learn(_byHour, c => c.Hour, c => Chance * _byAttempt[Class(c.Attempt)]);
        foreach (var call in _calls) Mix[Class(call.Attempt)] += 1.0 / _calls.Length;
    }

    public IReadOnlyList<PastCall> Calls => _calls;

    /// <summary>The share of calls that were answered.</summary>
    public double Chance { get; }

    /// <summary>The share of calls that were first attempts, second …</summary>
    public double[] Mix { get; } = new double[Attempts];

    public IReadOnlyList<double> Talks => _talks;

    public static int Class(int attempt) => Math.Clamp(attempt, 1, Attempts) - 1;

    /// <summary>The same campaign, had chance gone otherwise: as many calls, drawn from these with replacement (Efron 1979).</summary>
    public CallHistory Redrawn(Random random)
    {
        var calls = new PastCall[_calls.Length];
        for (var i = 0; i < calls.Length; i++) calls[i] = _calls[random.Next(calls.Length)];
        // A resample without anybody to talk to says nothing of the floor.
        return Array.Exists(calls, c => c.Answered) && Array.Exists(calls, c => c.Talk is not null) ? new(calls) : this;
    }

    /// <param name="times">The chance to answer is so many times what it was.</param>
    public PastCall Call(int attempt, int hour, double times, Random random)
    {
        var (attempts, others) = (Class(attempt), _others[Class(attempt)]);
        var chance = Math.Clamp(Chance * _byAttempt[attempts] * _byHour[hour] * times, LeastChance, MostChance);
        var past = others.Length == 0 || random.NextDouble() < chance ? _answered : others;
        return past[random.Next(past.Length)] with { Attempt = attempt, Hour = hour };
    }

    public double Talk(Random random) => _talks[random.Next(_talks.Length)];

    /// <summary>A talk as somebody finds it who looks in at any moment: long ones are found more often.</summary>
    public double TalkInProgress(Random random)
    {
        var at = random.NextDouble() * _talkSeconds;
        foreach (var talk in _talks)
            if ((at -= talk) < 0) return talk;
        return _talks[^1];
    }

    void Learn(double[] factors, Func<PastCall, int> of, Func<PastCall, double> expected)
    {
        Span<double> answers = stackalloc double[factors.Length], expectations = stackalloc double[factors.Length];
        foreach (var call in _calls)
        {
            answers[of(call)] += call.Answered ? 1 : 0;
            expectations[of(call)] += expected(call);
        }
        for (var i = 0; i < factors.Length; i++) factors[i] = (answers[i] + ChanceEvidence.ShrinkAnswers) / (expectations[i] + ChanceEvidence.ShrinkAnswers);
    }
}
