using Carillon.Calls;
using Carillon.Campaigns;
using Carillon.Leads;
using Carillon.Storage;
using Carillon.TestKit;

namespace Carillon.Asterisk.Tests.Campaigns;

/// <summary>One campaign of the product, as its users handle it.</summary>
sealed class DialedCampaign(GrainNode node, CampaignId id)
{
    public ICampaignGrain Grain => node.Grains.Campaign(id);

    /// <summary>Numbers of the lab's carrier, without plus.</summary>
    public Task AddLeads(params IEnumerable<string> numbers) => node.AddLeads(id, [.. numbers.Select(n => $"+{n}")]);

    public async Task Start() => Assert.Null((await Grain.Start()).Refusal);

    /// <summary>Edits the campaign as an administrator does, whether it runs or not.</summary>
    public async Task Change(Func<CampaignConfig, CampaignConfig> change)
    {
        var configs = node.Get<ConfigStore<CampaignConfig>>();
        Assert.True((await configs.UpdateAsync(id.Value, change((await configs.GetAsync(id.Value))!.Config), null)).IsWritten);
        await Grain.ConfigChanged();
    }

    public Task<CampaignProgress> Until(Func<CampaignProgress, bool> condition) => node.Until(id, condition);

    public Task<CampaignProgress> Finishes() => Until(p => p.Status == CampaignStatus.Finished);

    /// <summary>Every call that has not ended is in a talk, and there is one.</summary>
    public Task AllTalk() => GrainNode.Until(
        async () => (Now: await Grain.GetProgress(), Open: (await node.OpenCalls(id)).Count),
        // Some may end between the two looks: what rings must not pass for one that did.
        calls => calls.Now is { Talking: > 0, Dialing: 0, Ringing: 0, Waiting: 0 } && calls.Now.Talking == calls.Open);

    public Task<List<Lead>> Leads() => node.Leads(id);

    /// <summary>Newest first.</summary>
    public Task<List<Attempt>> Records() => node.Records(id);

    /// <summary>All calls that were placed so far, ended or not.</summary>
    public async Task<int> CountCalls() => (await Records()).Count + (await node.OpenCalls(id)).Count;
}
