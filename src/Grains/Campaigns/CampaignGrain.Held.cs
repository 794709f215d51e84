using Carillon.Storage;

namespace Carillon.Campaigns;

/// <summary>Leads that are held for an agent: dialed when that agent is free, whose phone is rung first, since a queue would give the call to anybody.</summary>
sealed partial class CampaignGrain
{
    async Task DialHeld(CampaignSetup setup, OpenColumns open, DateTimeOffset now)
    {
        var wanted = Room(setup);
        if (wanted == 0 || open == OpenColumns.None || setup.IsAgentless) return;
        var held = await _buffer.Held(null, open, new(Id, setup, subscribers), now);
        if (held.Count == 0) return;
        wanted = Math.Min(wanted, held.Count);
        // A campaign that dials ahead goes on telling which of its calls may take an agent, so that others do not take all of them for certain.
        var claim = setup.DialsAhead ? ClaimAhead(setup, wanted, now) : Claim(setup, wanted, now);
        var grant = await Ask(setup, claim with { Agents = [.. held.Keys] });
        if (grant.Slots.IsEmpty) return;
        var round = NewRound(setup, named: slot => held.GetValueOrDefault(slot.Agent));
        await Run(round, grant.Slots);
    }
}
