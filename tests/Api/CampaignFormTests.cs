using System.Collections.Immutable;
using Carillon.Api.Pages.Campaigns;
using Carillon.Calls;
using Carillon.Campaigns;
using Carillon.Contacts;
using Carillon.Leads;
using Carillon.Storage;

namespace Carillon.Api.Tests;

/// <summary>What the page's form of a campaign makes of a config, and a config of the form.</summary>
public sealed class CampaignFormTests
{
    static readonly CampaignConfig Full = CampaignForm.New with
    {
        Name = "full",
        Retries = new()
        {
            Unanswered = new() { Attempts = 10, Interval = TimeSpan.FromHours(2) },
            Answered = new() { Attempts = 2, Interval = TimeSpan.FromDays(1), Final = LeadStatus.Completed },
            Outcomes = new Dictionary<Outcome, RetryRule>
            {
                [Outcome.Busy] = new() { Attempts = 5, Interval = TimeSpan.FromSeconds(20), Growth = 2.5, LongestInterval = TimeSpan.FromHours(1), OtherNumber = true, Final = LeadStatus.Excluded },
                [Outcome.Machine] = new() { Attempts = 1, Interval = TimeSpan.Zero },
            }.ToImmutableDictionary(),
        },
        Order = new() { Due = DueOrder.FreshFirst, Fresh = FreshOrder.Chance, HoldFor = TimeSpan.FromSeconds(7), Lists = new Dictionary<string, int> { ["warm"] = 3, [""] = 2 }.ToImmutableDictionary() },
        Contact = new ContactConfig { ZoneColumn = "timezone", FallbackZone = "Europe/Moscow" },
    };

    [Fact]
    public void What_is_not_touched_comes_back_as_it_was()
    {
        foreach (var config in new[] { Full, CampaignForm.New }) Assert.Equal(CarillonJson.Write(config), CarillonJson.Write(new CampaignForm(config).Config()));
    }

    [Fact]
    public void A_rule_that_is_taken_away_or_given_to_another_outcome_leaves_nothing_behind()
    {
        var form = new CampaignForm(Full);
        form.Retries.RemoveAll(r => r.For is RetryRow.Unanswered or RetryRow.Answered or nameof(Outcome.Machine));
        form.Retries.Single().For = nameof(Outcome.NoAnswer);
        form.Shares.RemoveAll(s => s.List.Length == 0);
        var config = form.Config();
        Assert.Null(config.Retries.Unanswered);
        Assert.Null(config.Retries.Answered);
        Assert.Equal(Full.Retries.Outcomes[Outcome.Busy], config.Retries.Outcomes[Outcome.NoAnswer]);
        Assert.Single(config.Retries.Outcomes);
        Assert.Equal("warm", Assert.Single(config.Order.Lists).Key);
    }

    [Fact]
    public void A_list_that_is_named_twice_is_found_before_one_of_its_shares_is_lost()
    {
        var form = new CampaignForm(Full);
        Assert.True(form.IsRead);
        form.Shares.Add(new() { List = " warm ", Share = 9 });
        Assert.False(form.IsRead);
        Assert.Equal([false, false, true], form.Shares.Select(form.IsNamedTwice));
    }

    [Theory]
    [InlineData(1e300)]
    [InlineData(-1e300)]
    [InlineData(double.NaN)]
    public void Times_beyond_all_bounds_are_left_for_the_rules_to_refuse(double far)
    {
        var form = new CampaignForm(Full) { RingSeconds = far, HoldMinutes = far };
        form.Retries[0].Minutes = far;
        var config = form.Config();
        Assert.Contains(RetryValidation.Validate(config.Retries, "retries"), p => p.Field == "retries.unanswered.interval");
        Assert.Contains(LeadOrderValidation.Validate(config.Order, "order"), p => p.Field == "order.holdFor");
    }
}
