namespace Carillon.Pacing;

/// <summary>Somebody else who wants of the same, as known from when they last asked.</summary>
/// <param name="Weight">Above zero.</param>
/// <param name="Calls">How many more calls they would place.</param>
/// <param name="Unit">What one of these takes of what is shared, such as 0.25 of an agent.</param>
public readonly record struct Rival<TKey>(TKey Key, double Weight, int Calls, double Unit);

/// <summary>
/// Divides what is not enough for all by weights, among parties who come one at a time to ask for it: stride scheduling (Waldspurger and Weihl, 1995). All that is
/// given moves its receiver on by its amount over the weight, and who is furthest behind comes first. Who wants nothing for a while begins where the others are
/// then: what they did not use is gone.
/// </summary>
public sealed class FairShares<TKey> where TKey : notnull
{
    /// <summary>Least amount that one call is taken for, so that a division stays short.</summary>
    public const double LeastUnit = 0.05;

    /// <summary>As much as somebody who fell behind may catch up with before the others get any more.</summary>
    public const double Credit = 16;

    readonly Dictionary<TKey, double> _passes = [];
    double _now;

    /// <summary>
    /// How many of <paramref name="available"/> calls one party may place now, while the others keep their right to the rest. Those who could place all the rest are
    /// told so: they are to ask soon.
    /// </summary>
    /// <returns>0 to <paramref name="available"/>; and how many calls each of the others could place of the rest.</returns>
    public (int Calls, IReadOnlyDictionary<TKey, int> Left) Part(TKey key, double weight, int available, double unit, IReadOnlyCollection<Rival<TKey>> rivals)
    {
        unit = Math.Max(LeastUnit, unit);
        var left = new Dictionary<TKey, int>();
        var parties = rivals.Where(r => r.Calls > 0).Select(r => new Party(r.Key, r.Weight, r.Calls, Math.Max(LeastUnit, r.Unit))).Append(new(key, weight, available, unit)).ToList();
        Begin(parties);
        var calls = 0;
        for (var amount = available * unit; amount > 1e-9;)
        {
            // Ties go to the heavier, who will be behind again sooner; then to whoever asks.
            var next = parties.Where(p => p.Calls > 0).MinBy(p => (p.Pass, -p.Weight, p.Key.Equals(key) ? 0 : 1));
            if (next is null) break;
            next.Calls--;
            next.Pass += next.Unit / next.Weight;
            amount -= next.Unit;
            if (next.Key.Equals(key)) calls++;
            else left[next.Key] = left.GetValueOrDefault(next.Key) + 1;
        }
        return (calls, left);
    }

    /// <summary>So much was given; less than zero: given back, as it was not used.</summary>
    public void Give(TKey key, double weight, double amount) => _passes[key] = _passes.GetValueOrDefault(key, _now) + amount / weight;

    public void Remove(TKey key) => _passes.Remove(key);

    /// <summary>Nobody begins further back than the last of them is, nor further behind the first than they may catch up with.</summary>
    void Begin(List<Party> parties)
    {
        foreach (var party in parties) party.Pass = Math.Max(_passes.GetValueOrDefault(party.Key, _now), _now);
        var first = parties.Max(p => p.Pass);
        foreach (var party in parties) party.Pass = _passes[party.Key] = Math.Max(party.Pass, first - Credit / party.Weight);
        _now = parties.Min(p => p.Pass);
    }

    sealed class Party(TKey key, double weight, int calls, double unit)
    {
        public TKey Key => key;
        public double Weight => weight;
        public double Unit => unit;
        public int Calls { get; set; } = calls;
        public double Pass { get; set; }
    }
}
