namespace Carillon.Pacing.Evidence;

/// <summary>
/// How the chance to answer goes through the day: of each hour, how much likelier its calls were answered than all of the same day. A day that is better
/// as a whole says nothing of its hours, so a fresh list is not taken for a good morning. Learned from days that are over; half of it is gone after four.
/// </summary>
public sealed class DayProfile
{
    const int Hours = 24;

    /// <summary>A day's weight against the next.</summary>
    const double Fade = 0.84;

    /// <summary>Before an hour is believed by half, so many answers have to be expected of it.</summary>
    const double ShrinkAnswers = ChanceEvidence.ShrinkAnswers;

    readonly double[] _answers = new double[Hours], _expected = new double[Hours];
    readonly double[] _answersToday = new double[Hours], _callsToday = new double[Hours];
    int _day = int.MinValue, _hour;

    /// <summary>The last day of which a call was seen, and the latest of its hours; null before any.</summary>
    public (int Day, int Hour)? SeenUntil => _day == int.MinValue ? null : (_day, _hour);

    /// <summary>All that it knows, to be kept.</summary>
    public DayProfileMemory Memory => new(_day, _hour, [.. _answers], [.. _expected], [.. _answersToday], [.. _callsToday]);

    /// <summary>What was kept; takes the place of all that was seen.</summary>
    public void Recall(DayProfileMemory memory)
    {
        (_day, _hour) = (memory.Day, memory.Hour);
        Copy(memory.Answers, _answers);
        Copy(memory.Expected, _expected);
        Copy(memory.AnswersToday, _answersToday);
        Copy(memory.CallsToday, _callsToday);
    }

    /// <param name="placed">By the clock of the campaign's schedule.</param>
    public void Ended(bool answered, TimeOfDay placed)
    {
        if (placed.Day > _day) Turn(placed.Day);
        // One of a day that is over comes too late.
        if (placed.Day < _day) return;
        _hour = Math.Max(_hour, placed.Hour);
        _callsToday[placed.Hour]++;
        if (answered) _answersToday[placed.Hour]++;
    }

    /// <summary>How much likelier than on the whole day; 1 if nothing is known.</summary>
    public double Of(TimeOfDay at)
    {
        // From the middle of an hour to that of the next it goes evenly, or each full hour would be a jump.
        var middle = at.Seconds / 3600 - 0.5;
        var before = (int)Math.Floor(middle);
        var (first, second) = (Factor((before + Hours) % Hours), Factor((before + 1) % Hours));
        return double.Lerp(first ?? second ?? 1, second ?? first ?? 1, middle - before);
    }

    /// <summary>Whether its hour is believed by half at least.</summary>
    public bool Knows(TimeOfDay at) => _expected[at.Hour] >= ShrinkAnswers;

    /// <summary>Null: nothing was ever expected of it.</summary>
    double? Factor(int hour) => _expected[hour] == 0 ? null : (_answers[hour] + ShrinkAnswers) / (_expected[hour] + ShrinkAnswers);

    void Turn(int day)
    {
        var (calls, answers) = (_callsToday.Sum(), _answersToday.Sum());
        // A day on which nobody answered tells of no hour.
        if (answers > 0)
            for (var hour = 0; hour < Hours; hour++)
            {
                _answers[hour] = _answers[hour] * Fade + _answersToday[hour];
                _expected[hour] = _expected[hour] * Fade + _callsToday[hour] * answers / calls;
            }
        Array.Clear(_answersToday);
        Array.Clear(_callsToday);
        (_day, _hour) = (day, 0);
    }

    static void Copy(IReadOnlyList<double> from, double[] to)
    {
        for (var hour = 0; hour < Hours; hour++) to[hour] = hour < from.Count && double.IsFinite(from[hour]) ? Math.Max(0, from[hour]) : 0;
    }
}

/// <summary>A <see cref="DayProfile"/> as it is kept: by hours, of days that are over and of the last one.</summary>
/// <param name="Day">See <see cref="DayProfile.SeenUntil"/>.</param>
/// <param name="Hour">As well.</param>
public sealed record DayProfileMemory(
    int Day, int Hour, IReadOnlyList<double> Answers, IReadOnlyList<double> Expected, IReadOnlyList<double> AnswersToday, IReadOnlyList<double> CallsToday);
