using Bunit;
using Carillon.Api.Pages.Numbers;
using Carillon.Api.Tests;
using Carillon.Campaigns;
using Carillon.Leads;
using Carillon.Storage;
using Carillon.Users;
using NSubstitute;

namespace Carillon.Pages.Tests.Numbers;

public sealed class NumbersPageTests : PageTest<NumbersPage>
{
    async Task<(string Campaign, Lead Lead)> Listed(string? group = null)
    {
        var campaign = await Make("campaigns", (await Floor.Make(Admin, group)).NewCampaign("Spring"));
        return (campaign, (await Node.Service<LeadStore>().AddAsync(new(campaign), new("+74959898533")))!);
    }

    [Fact]
    public async Task Leads_are_listed_and_why_one_was_not_dialed_is_asked_of_its_campaign()
    {
        var (campaign, lead) = await Listed();
        var until = Node.Time.GetUtcNow().AddHours(3);
        Node.Grains.Get<ICampaignGrain>(campaign).WhyNot(lead.Id).Returns(new LeadWhy
        {
            Why = "The campaign is not running.",
            Reasons = [new(WhyNotReason.CampaignNotRunning, "The campaign is not running."), new(WhyNotReason.NextTime, "The lead is not due yet.", until)],
            Number = lead.Number,
        });
        var (english, russian) = (await Open($"/campaigns/{campaign}/numbers"), await Open($"/campaigns/{campaign}/numbers", language: "ru"));
        await english.Sees("+74959898533 New 0");
        await russian.Sees("+74959898533 Новый 0");

        await english.Press("Why not dialed?");

        // 9:00 of UTC and three hours, in Moscow.
        await english.Sees("The campaign is not running. The lead is not due yet. Until 15:00.");
    }

    [Fact]
    public async Task One_number_is_added_and_what_cannot_be_read_or_is_there_is_told_beside_it()
    {
        var (campaign, _) = await Listed();
        var screen = await Open($"/campaigns/{campaign}/numbers");
        await screen.Sees("+74959898533");
        foreach (var wrong in new[] { "moscow", "84959898533" })
        {
            await screen.Write("one", wrong);
            await screen.Press("Add");
            Assert.NotEmpty(screen.Problem("one"));
        }
        await screen.Write("one", "88003337533");
        await screen.Press("Add");
        await screen.Sees("+78003337533");
        Assert.Empty(screen.Problem("one"));
    }

    [Fact]
    public async Task An_exclusion_asks_with_the_number_and_says_what_it_does()
    {
        var (campaign, lead) = await Listed();
        var screen = await Open($"/campaigns/{campaign}/numbers", language: "ru");
        await screen.Sees("+74959898533");
        await screen.PressAndAnswer("Исключить", "Исключить +74959898533? В этой кампании его больше не наберут.", "Назад");
        Assert.Equal(LeadStatus.New, (await Node.Service<LeadStore>().GetAsync(lead.Id))!.Status);
        await screen.PressAndAnswer("Исключить", "+74959898533", "Исключить");
        await screen.Sees("Исключён");
        Assert.Equal(LeadStatus.Excluded, (await Node.Service<LeadStore>().GetAsync(lead.Id))!.Status);
    }

    [Fact]
    public async Task A_number_goes_on_the_campaigns_do_not_call_list_when_that_was_confirmed()
    {
        var (campaign, _) = await Listed();
        var screen = await Open($"/campaigns/{campaign}/numbers");
        await screen.Sees("+74959898533");
        await screen.PressAndAnswer("Do not call", "Put +74959898533 on the do-not-call list of the campaign Spring?", "Do not call");
        Assert.Equal("+74959898533", Assert.Single(await Node.Service<DoNotCallStore>().ListAsync(new(campaign))).Number.Value);
    }

    [Fact]
    public async Task The_list_is_searched_by_state_and_beginning_and_says_when_nothing_is_like_that()
    {
        var (campaign, _) = await Listed();
        var screen = await Open($"/campaigns/{campaign}/numbers");
        await screen.Sees("+74959898533");
        await screen.Find("[data-search]").ChangeAsync("+7812");
        await screen.Press("Show");
        await screen.Sees("No lead is like that.");
        await screen.Find("[data-search]").ChangeAsync("7495");
        await screen.Press("Show");
        await screen.Sees("+74959898533");
        await screen.Find(".filter select").ChangeAsync(nameof(LeadStatus.Completed));
        await screen.Sees("No lead is like that.");
    }

    [Fact]
    public async Task An_empty_list_is_so_called_whatever_stands_in_the_search_by_then()
    {
        var screen = await Open($"/campaigns/{await (await Floor.Make(Admin)).Campaign(Admin)}/numbers");
        await screen.Sees("The list is empty: import numbers.");
        await screen.Find("[data-search]").ChangeAsync("+7812");
        Assert.Contains("The list is empty: import numbers.", screen.Text, StringComparison.Ordinal);
        await screen.Press("Show");
        await screen.Sees("No lead is like that.");
        await screen.Find("[data-search]").ChangeAsync("");
        Assert.Contains("No lead is like that.", screen.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_of_other_groups_is_not_found()
    {
        var (mine, (campaign, _)) = (await Floor.Make(Admin, "mine"), await Listed("theirs"));
        var screen = await Open($"/campaigns/{campaign}/numbers", Role.Supervisor, [mine.Group!]);
        await screen.Sees("There is no campaign");
        Assert.DoesNotContain("+74959898533", screen.Text, StringComparison.Ordinal);
    }
}
