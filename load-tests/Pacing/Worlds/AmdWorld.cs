using Carillon.Pacing.Floor;

namespace Carillon.PacingBench.Worlds;

/// <summary>
/// Whoever answers is listened to for 2 to 3 s first: a fifth of the calls meet a machine, of which one in ten is taken for a person; one person in
/// twenty is taken for a machine, and hung up on.
/// </summary>
sealed class AmdWorld(int agents, double answer) : StandardWorld(agents, answer)
{
    const double Machines = 0.2, TakenForPersons = 0.1, TakenForMachines = 0.05;

    public override FloorCall Place(int campaign, double now, Random random)
    {
        var (who, detection) = (random.NextDouble(), 2 + random.NextDouble());
        if (who < Chance(campaign, now))
        {
            var answered = AnswerDelay(random);
            return random.NextDouble() < TakenForMachines ? new(false, answered, detection) : new(true, answered, detection);
        }
        if (who >= Chance(campaign, now) + Machines) return new(false, NoAnswer(random));
        var picksUp = 12 + 13 * random.NextDouble();
        return random.NextDouble() < TakenForPersons ? new(false, picksUp, detection, Machine: true) : new(false, picksUp, detection);
    }
}
