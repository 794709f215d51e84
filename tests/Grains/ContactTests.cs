using System.Collections.Immutable;
using System.Globalization;
using Carillon.Campaigns;
using Carillon.Contacts;
using Carillon.Leads;
using Carillon.Network;
using Carillon.Numbers;
using Carillon.Schedules;
using Carillon.Storage;

namespace Carillon.Grains.Tests;

/// <summary>Promise 1 of docs/design.md, as far as hours, caps and do-not-call lists go. The network's own log says whether it was kept.</summary>
public class ContactTests
{
    static readonly ImmutableArray<OpenHours> AllDay = [.. Enum.GetValues<DayOfWeek>().Select(d => new OpenHours(d, default, default))];

    /// <summary>A zone in which it is about noon, so that no test runs over midnight.</summary>
    static TimeZoneInfo Noon()
    {
        var ahead = 12 - DateTimeOffset.UtcNow.Hour;
        return Zones.Find(ahead == 0 ? "Etc/GMT" : string.Create(CultureInfo.InvariantCulture, $"Etc/GMT{(ahead > 0 ? '-' : '+')}{Math.Abs(ahead)}"))!;
    }

    static TimeOnly Clock(DateTimeOffset at, TimeZoneInfo zone) => TimeOnly.FromTimeSpan(TimeZoneInfo.ConvertTime(at, zone).TimeOfDay);

    static async Task<CampaignId> AddCampaign(Dialer dialer, string name, string[] numbers)
    {
        var id = new CampaignId(name);
        var spring = (await dialer.Get<ConfigStore<CampaignConfig>>().GetAsync(Dialer.Spring.Value))!.Config;
        await dialer.Get<ConfigStore<CampaignConfig>>().InsertAsync(name, spring with { Name = name });
        foreach (var number in numbers) await dialer.Get<LeadStore>().AddAsync(id, new(number));
        return id;
    }

    [Fact]
    public async Task A_cap_for_all_campaigns_holds_when_three_of_them_have_the_same_numbers_and_try_several_times()
    {
        await using var dialer = await Dialer.Start(NetworkConfig.Of(servers: 2, agents: 10) with { Speed = 40 },
            schedule: s => s with { Unanswered = s.Unanswered with { Attempts = 3, Interval = TimeSpan.FromMilliseconds(50) } });
        await dialer.Get<ConfigStore<ContactRuleConfig>>().InsertAsync("twice", new()
        {
            Name = "twice a day",
            Rule = new() { Caps = [new() { Calls = 2, Per = CapPeriod.Day, Rolling = true }] },
        });
        // Half of them answer, half are busy and would be tried three times by each campaign.
        var numbers = Enumerable.Range(0, 30).Select(i => i % 2 == 0 ? $"+1001010{i:000}" : $"+1101000{i:000}").ToArray();
        await dialer.AddLeads(numbers);
        var others = new[] { await AddCampaign(dialer, "summer", numbers), await AddCampaign(dialer, "autumn", numbers) };

        await Task.WhenAll(others.Select(o => (Task)dialer.Grains.Campaign(o).Start()).Append(dialer.Start()));
        async Task<List<Lead>> Left()
        {
            var all = new List<Lead>();
            foreach (var id in others.Append(Dialer.Spring)) all.AddRange(await dialer.Get<LeadStore>().ListAsync(id, new() { Limit = 1000 }));
            return [.. all.Where(l => l.Status == LeadStatus.Dialing || l.NextAt < DateTimeOffset.UtcNow.AddHours(1))];
        }
        await Dialer.Until(Left, left => left.Count == 0);

        Assert.Empty(NetworkAudit.NumbersCalledOver(dialer.Network.Log.Calls, 2, TimeSpan.FromDays(1)));
        Assert.Empty(NetworkAudit.NumbersInTwoCalls(dialer.Network.Log.Calls));
        Assert.Equal(60, dialer.Network.Log.Calls.Count);
        var put = (await dialer.Leads()).Where(l => l.NextAt is not null).ToList();
        Assert.NotEmpty(put);
        Assert.All(put, l => Assert.Equal(PutOff.Cap, l.PutOff));
    }

    [Fact]
    public async Task The_gap_between_calls_holds_across_campaigns()
    {
        var gap = TimeSpan.FromSeconds(1);
        await using var dialer = await Dialer.Start(NetworkConfig.Of(servers: 1, agents: 8) with { Speed = 40 },
            c => c with { Contact = new() { Rule = new() { MinGap = gap } } },
            s => s with { Unanswered = s.Unanswered with { Attempts = 2, Interval = TimeSpan.FromMilliseconds(50) } });
        string[] numbers = ["+1101000001", "+1101000002", "+1101000003"];
        await dialer.AddLeads(numbers);
        var other = await AddCampaign(dialer, "other", numbers);

        await Task.WhenAll(dialer.Start(), dialer.Grains.Campaign(other).Start());
        await dialer.Until(p => p.Status == CampaignStatus.Finished);
        await Dialer.Until(() => dialer.Grains.Campaign(other).GetProgress(), p => p.Status == CampaignStatus.Finished);

        var calls = dialer.Network.Log.Calls.GroupBy(c => c.Number).Select(g => g.OrderBy(c => c.Placed).ToList()).ToList();
        Assert.All(calls, c => Assert.Equal(4, c.Count));
        // The product measures the gap from the end that it has heard of, so never shorter.
        Assert.All(calls.SelectMany(c => c.Zip(c.Skip(1))), pair => Assert.True(pair.Second.Placed - pair.First.Ended >= gap));
    }

    [Fact]
    public async Task Numbers_that_are_listed_in_the_middle_are_not_called_from_then_on()
    {
        await using var dialer = await Dialer.Start(NetworkConfig.Of(servers: 2, agents: 10) with { Speed = 20 });
        var numbers = await dialer.AddLeads([.. Enumerable.Range(0, 200).Select(i => $"+1001020{i:000}")]);
        await dialer.Start();
        await dialer.Until(p => p.Talking > 3);

        // As an import on another node does it: nobody is told.
        await dialer.Get<DoNotCallStore>().AddAllAsync(numbers, null, "by court order", "test");
        var begun = (await dialer.Begun()).Select(a => a.Intent.Number.Digits).ToHashSet();
        await dialer.Until(p => p.Status == CampaignStatus.Finished);

        Assert.InRange(begun.Count, 1, 199);
        Assert.Empty(NetworkAudit.Outside(dialer.Network.Log.Calls, c => begun.Contains(c.Number)));
        Assert.Equal(200 - begun.Count, (await dialer.Leads()).Count(l => l.Status == LeadStatus.Excluded));
    }

    [Fact]
    public async Task A_number_that_is_listed_for_a_time_is_put_off_until_then()
    {
        await using var dialer = await Dialer.Start(NetworkConfig.Of(servers: 1, agents: 2) with { Speed = 20 });
        await dialer.AddLeads("+1001010001", "+1001010002");
        var end = DateTimeOffset.UtcNow.AddDays(3);
        await dialer.Get<DoNotCallStore>().AddAsync(new PhoneNumber("+1001010001"), Dialer.Spring, "on holiday", "test", end);

        await dialer.Start();
        var lead = (await Dialer.Until(() => dialer.Leads(), l => l[0].PutOff is not null && l[1].NextAt is null && l[1].Status != LeadStatus.Dialing))[0];

        Assert.Equal((PutOff.DoNotCall, end.ToUnixTimeMilliseconds()), (lead.PutOff!.Value, lead.NextAt!.Value.ToUnixTimeMilliseconds()));
        Assert.Equal(["1001010002"], dialer.Network.Log.Calls.Select(c => c.Number));
    }

    [Fact]
    public async Task Nothing_is_called_after_the_schedule_has_closed_in_the_middle()
    {
        await using var dialer = await Dialer.Start(NetworkConfig.Of(servers: 2, agents: 20) with { Speed = 20 });
        await dialer.AddLeads([.. Enumerable.Range(0, 300).Select(i => $"+100120{i:0000}")]);
        await dialer.Start();
        await dialer.Until(p => p.Talking > 3);

        var zone = Noon();
        var closes = DateTimeOffset.UtcNow.AddSeconds(3);
        await Change<ScheduleConfig>(dialer, Dialer.Always.Value, s => s with
        {
            TimeZone = zone.Id,
            Unanswered = s.Unanswered with { Hours = [.. Enum.GetValues<DayOfWeek>().Select(d => new OpenHours(d, default, Clock(closes, zone)))] },
        });
        await dialer.Until(p => p.Why.Contains("is closed until", StringComparison.Ordinal));
        await dialer.Until(p => p.Talking + p.Ringing + p.Dialing + p.Waiting == 0);

        Assert.DoesNotContain(await dialer.Records(), r => r.Intent.At >= closes);
        // An order that was given in time may reach its server a moment later, but not after its grant has lapsed.
        Assert.Empty(NetworkAudit.PlacedAfter(dialer.Network.Log.Calls, closes.AddSeconds(2)));
        Assert.Contains(await dialer.Leads(), l => l.Status == LeadStatus.New && l.NextAt is not null);
    }

    [Fact]
    public async Task Where_it_is_night_nobody_is_called_and_the_others_are_not_held_up()
    {
        var zone = Noon();
        var morning = DateTimeOffset.UtcNow.AddHours(3);
        var night = new ContactRule { Prefixes = ["+1002"], Quiet = [new() { From = default, To = Clock(morning, zone) }] };
        await using var dialer = await Dialer.Start(NetworkConfig.Of(servers: 1, agents: 3) with { Speed = 40 },
            c => c with { Channels = 3, Contact = new() { FallbackZone = zone.Id, Rule = night } });
        await dialer.AddLeads([.. Enumerable.Range(0, 900).Select(i => $"+100202{i:0000}")]);
        await dialer.AddLeads("+1001010001", "+1001010002", "+1001010003");

        await dialer.Start();
        await Dialer.Until(() => dialer.Records(), r => r.Count == 3);
        var leads = await dialer.Leads();

        Assert.Empty(NetworkAudit.Outside(dialer.Network.Log.Calls, c => !c.Number.StartsWith("1002", StringComparison.Ordinal)));
        var asleep = leads.Where(l => l.Number.Value.StartsWith("+1002", StringComparison.Ordinal)).ToList();
        Assert.All(asleep, l => Assert.Equal(PutOff.OwnHours, l.PutOff));
        Assert.All(asleep, l => Assert.InRange((l.NextAt!.Value - morning).Duration(), TimeSpan.Zero, TimeSpan.FromMilliseconds(1)));
    }

    [Fact]
    public async Task Nobody_is_called_after_a_quiet_period_of_theirs_has_begun_in_the_middle()
    {
        await using var dialer = await Dialer.Start(NetworkConfig.Of(servers: 2, agents: 20) with { Speed = 20 });
        var zone = Noon();
        var data = ImmutableDictionary<string, string>.Empty.Add("zone", zone.Id);
        foreach (var i in Enumerable.Range(0, 300)) await dialer.Get<LeadStore>().AddAsync(Dialer.Spring, new($"+100120{i:0000}"), data);
        await dialer.Start();
        await dialer.Until(p => p.Talking > 3);

        var begins = DateTimeOffset.UtcNow.AddSeconds(3);
        var quiet = new ContactRule { Hours = AllDay, Quiet = [new() { From = Clock(begins, zone), To = default }] };
        await Change<CampaignConfig>(dialer, Dialer.Spring.Value, c => c with { Contact = new() { ZoneColumn = "zone", Rule = quiet } });
        await Dialer.Until(() => dialer.Get<LeadStore>().NextDueAsync(Dialer.Spring), due => due > DateTimeOffset.UtcNow.AddHours(1));
        await dialer.Until(p => p.Talking + p.Ringing + p.Dialing + p.Waiting == 0);

        Assert.DoesNotContain(await dialer.Records(), r => r.Intent.At >= begins);
        Assert.Empty(NetworkAudit.PlacedAfter(dialer.Network.Log.Calls, begins.AddSeconds(2)));
        var left = (await dialer.Leads()).Where(l => l.NextAt is not null).ToList();
        Assert.NotEmpty(left);
        Assert.All(left, l => Assert.Equal(PutOff.OwnHours, l.PutOff));
    }

    static async Task Change<T>(Dialer dialer, string id, Func<T, T> change) where T : class
    {
        var store = dialer.Get<ConfigStore<T>>();
        await store.UpdateAsync(id, change((await store.GetAsync(id))!.Config), null);
        await dialer.Grains.Campaign(Dialer.Spring).ConfigChanged();
    }
}
