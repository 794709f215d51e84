using Carillon.Pacing.Floor;

namespace Carillon.PacingBench.Worlds;

/// <summary>
/// A fresh list each day of people who answer unlike readily (Beta(1, 1/p − 1), so that the mean is p), twice as long as the floor can dial in the order of the list. Best first,
/// the list is dialed by a score that knows each chance up to an error of half of it, one standard deviation. Laws are told of no chance, they see the answers.
/// </summary>
sealed class ListWorld(int agents, double answer, bool bestFirst) : StandardWorld(agents, answer)
{
    const double MeanHandling = 0.4 * 25 + 0.6 * 183 + 15, ScoreError = 0.5;

    readonly double _leadsPerSecond = 2 * agents / MeanHandling / answer, _exponent = answer / (1 - answer);
    double[] _list = [];
    double _day = -1;
    int _dialed;

    protected override double Chance(int campaign, double now) => _list[_dialed++ % _list.Length];

    public override FloorCall Place(int campaign, double now, Random random)
    {
        if (Math.Floor(now / 86_400) is var day && day != _day) (_list, _day, _dialed) = (NewList(random), day, 0);
        return base.Place(campaign, now, random);
    }

    double[] NewList(Random random)
    {
        var leads = new double[(int)(_leadsPerSecond * Day)];
        var scores = new double[leads.Length];
        for (var i = 0; i < leads.Length; i++)
        {
            leads[i] = 1 - Math.Pow(1 - random.NextDouble(), _exponent);
            scores[i] = -leads[i] * Math.Exp(ScoreError * Draw.Normal(random));
        }
        if (bestFirst) Array.Sort(scores, leads);
        return leads;
    }
}
