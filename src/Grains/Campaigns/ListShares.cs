using Carillon.Leads;

namespace Carillon.Campaigns;

/// <summary>
/// Gives the lists of a campaign their shares by stride scheduling (Waldspurger and Weihl, 1995): the list whose next lead is nearest goes first, and each
/// lead moves its list on by one over its share.
/// </summary>
sealed class ListShares
{
    readonly Dictionary<string, double> _passes = new(StringComparer.Ordinal);
    double _now;

    /// <param name="leads">Of one priority, in the order of each list.</param>
    /// <param name="most">At most so many are taken, and only these are counted.</param>
    public List<Lead> Take(IEnumerable<Lead> leads, IReadOnlyDictionary<string, int> shares, int most)
    {
        var taken = new List<Lead>();
        if (most <= 0) return taken;
        var lists = leads.GroupBy(l => l.List, StringComparer.Ordinal).ToDictionary(g => g.Key, g => new Queue<Lead>(g), StringComparer.Ordinal);
        foreach (var gone in _passes.Keys.Where(l => !lists.ContainsKey(l)).ToList()) _passes.Remove(gone);
        while (lists.Count > 0 && taken.Count < most)
        {
            // A list that had nothing for a while begins where the others are: what it did not use is gone.
            var list = lists.Keys.OrderBy(Pass).ThenBy(l => l, StringComparer.Ordinal).First();
            _now = Pass(list);
            _passes[list] = _now + 1.0 / shares.GetValueOrDefault(list, 1);
            taken.Add(lists[list].Dequeue());
            if (lists[list].Count == 0) lists.Remove(list);
        }
        return taken;
    }

    double Pass(string list) => Math.Max(_passes.GetValueOrDefault(list, _now), _now);
}
