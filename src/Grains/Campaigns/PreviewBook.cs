using System.Collections.Immutable;
using Carillon.Storage;

namespace Carillon.Campaigns;

/// <summary>Which agents look at a campaign's leads, and at which.</summary>
sealed class PreviewBook(TimeSpan awayAfter)
{
    readonly Dictionary<AgentId, DateTimeOffset> _askedAt = [];
    readonly Dictionary<AgentId, LeadOffer> _offers = [];

    public IReadOnlyCollection<LeadOffer> Offers => _offers.Values;

    /// <summary>Agents who wait for a lead, whoever asks.</summary>
    public ImmutableArray<AgentId> Waiting => [.. _askedAt.Keys.Where(a => !_offers.ContainsKey(a)).OrderBy(a => a.Value, StringComparer.Ordinal)];

    public ImmutableArray<AgentId> Offered => [.. _offers.Keys];

    public LeadOffer? Of(AgentId agent) => _offers.GetValueOrDefault(agent);

    public void Asks(AgentId agent, DateTimeOffset now) => _askedAt[agent] = now;

    public void Offer(LeadOffer offer) => _offers[offer.Agent] = offer;

    public void Remove(AgentId agent) => _offers.Remove(agent);

    /// <summary>An offer of before, found in the store. Its agent has the usual time to ask again.</summary>
    /// <returns>False: the agent has another one.</returns>
    public bool Adopt(LeadOffer offer, DateTimeOffset now)
    {
        if (!_offers.TryAdd(offer.Agent, offer)) return false;
        _askedAt.TryAdd(offer.Agent, now);
        return true;
    }

    /// <summary>Forgets who has gone away, and tells what they had been shown.</summary>
    public List<LeadOffer> Leave(DateTimeOffset now)
    {
        var left = new List<LeadOffer>();
        foreach (var (agent, asked) in _askedAt)
        {
            if (now - asked <= awayAfter) continue;
            _askedAt.Remove(agent);
            if (_offers.Remove(agent, out var offer)) left.Add(offer);
        }
        return left;
    }
}
