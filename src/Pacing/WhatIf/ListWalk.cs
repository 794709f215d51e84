namespace Carillon.Pacing.WhatIf;

/// <summary>A lead of a list that is called to its end. Times are in seconds from now.</summary>
public interface IListLead
{
    /// <summary>Null: it is not called again.</summary>
    double? DueAt { get; }
    /// <summary>Which of the working times it follows.</summary>
    bool HasAnswered { get; }
    /// <summary>The number of its next attempt, from 1.</summary>
    int NextAttempt { get; }
    /// <summary>It was called, and the rules say what becomes of it.</summary>
    void Ended(PastCall call, double at);
}

/// <summary>Calls a list to its end, lead by lead as they fall due, at a pace that a floor has shown.</summary>
public sealed class ListWalk(CallHistory history, double answerTimes, WorkingTime unanswered, WorkingTime answered, Func<double, int> hour)
{
    /// <summary>A list that takes longer counts as one that never ends.</summary>
    public const double Horizon = 3 * 366 * 86_400.0;

    /// <summary>And so does a sample that takes more calls: retries may be many, and the answer must come.</summary>
    const int MostCalls = 200_000;

    const int CallsBetweenLooks = 1024;

    /// <param name="leads">A sample of the list.</param>
    /// <param name="weight">Each stands for so many.</param>
    /// <exception cref="OperationCanceledException"/>
    /// <param name="pace">Calls a second, of the calls that people have answered so far; infinite: only what is dialed is of interest, not when.</param>
    public ListEnd Run(IEnumerable<IListLead> leads, double weight, Func<double, double> pace, Random random, CancellationToken cancel = default)
    {
        var due = new PriorityQueue<IListLead, double>();
        foreach (var lead in leads) Due(lead, 0);
        if (due.Count == 0) return new(ListFate.NoLeads, null, 0, new double[CallHistory.Attempts]);
        var (now, answers, dials) = (0.0, 0.0, new double[CallHistory.Attempts]);
        var placed = 0;
        while (due.TryDequeue(out var lead, out var at))
        {
            var time = lead.HasAnswered ? answered : unanswered;
            if (time.Next(Math.Max(now, at)) is not { } open) return End(ListFate.NeverOpen);
            if (open > Horizon) return End(ListFate.TooLate);
            if (open > now && open > at)
            {
                // Its hours are over for today; others may still be called.
                due.Enqueue(lead, open);
                continue;
            }
            var calls = pace(answers);
            if (!(calls > 0)) return End(ListFate.NoCalls);
            if (!double.IsPositiveInfinity(calls))
            {
                if (time.After(open, weight / calls, Horizon) is not { } then) return End(time.Next(Horizon) is null ? ListFate.NeverOpen : ListFate.TooLate);
                now = then;
            }
            else now = open;
            if (++placed > MostCalls) return End(ListFate.TooLate);
            if (placed % CallsBetweenLooks == 0) cancel.ThrowIfCancellationRequested();
            var call = history.Call(lead.NextAttempt, hour(now), answerTimes, random);
            dials[CallHistory.Class(lead.NextAttempt)] += weight;
            if (call.Answered) answers += weight;
            lead.Ended(call, now);
            Due(lead, now);
        }
        return End(ListFate.Finished);

        void Due(IListLead lead, double from)
        {
            if (lead.DueAt is { } at) due.Enqueue(lead, Math.Max(from, at));
        }

        ListEnd End(ListFate fate) => new(fate, fate == ListFate.Finished ? now : null, answers, dials);
    }
}

public enum ListFate { Finished, NoLeads, NoCalls, NeverOpen, TooLate }

/// <param name="At">Seconds from now, when the last call was placed.</param>
/// <param name="Dials">First attempts, second …</param>
public sealed record ListEnd(ListFate Fate, double? At, double Answers, double[] Dials)
{
    /// <summary>The share of first attempts, second …; null: there is nobody to call.</summary>
    public double[]? Mix => Dials.Sum() is > 0 and var all ? [.. Dials.Select(d => d / all)] : null;
}
