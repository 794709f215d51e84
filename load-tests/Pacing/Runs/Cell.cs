using Carillon.PacingBench.Laws;

namespace Carillon.PacingBench.Runs;

/// <summary>One world at one size: what every law is tried on.</summary>
sealed record Setting(string World, int Agents, double Answer, int Days, int Seed, int WindowDays = LawCatalog.WindowDays)
{
    /// <summary>The same draws for every law as far as they place the same calls, and others in each setting.</summary>
    public int RunSeed => unchecked(Seed * 7919 + Agents * 104_729 + (int)(Answer * 1000) * 31 + World.Sum(c => c) * 17);

    /// <summary>Roughly what it costs to run.</summary>
    public double Dials => Agents * (double)Days / Answer;
}

/// <summary>What a law made of a setting.</summary>
/// <param name="Utilisation">Talk and wrap-up of the time at work, 0 to 1.</param>
/// <param name="Abandoned">Of the calls that people answered, 0 to 1.</param>
/// <param name="DaysOver">Days on which more were abandoned than the cap allows.</param>
/// <param name="Ratio">Calls per idle agent, of the fixed ratio.</param>
sealed record Cell(string Law, int Agents, double Answer, string World, double Utilisation, double Abandoned, int DaysOver, int Days, long Dials, double? Ratio = null);
