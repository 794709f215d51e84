using Bunit;
using Carillon.Api.Pages.Campaigns;
using Carillon.Api.Tests;
using Carillon.Campaigns;
using Carillon.Storage;
using Carillon.Users;

namespace Carillon.Pages.Tests.Campaigns;

public sealed class CampaignEditPageTests : PageTest<CampaignEditPage>
{
    [Fact]
    public async Task Where_there_is_nothing_to_choose_it_is_chosen_and_the_campaign_is_made_with_it()
    {
        var floor = await Floor.Make(Admin);
        var screen = await Open("/campaigns/new");
        await screen.Write("name", "Spring");
        await screen.Press("Make the campaign");

        var made = Assert.Single(await Node.Service<ConfigStore<CampaignConfig>>().ListAsync());
        Assert.Equal(($"/campaigns/{made.Id}/numbers", floor.Queue, floor.Schedule, floor.Trunk), (screen.Path, made.Config.Queue!.Value.Value, made.Config.Schedule.Value, Assert.Single(made.Config.Trunks).Value));
    }

    [Fact]
    public async Task What_is_wrong_leads_to_its_step_and_stands_beside_its_field_in_both_languages()
    {
        var floor = await Floor.Make(Admin);
        var campaign = await floor.Campaign(Admin);
        foreach (var (language, save, expected) in new[] { ("en", "Save", "from 15 s to 120 s; it is 5 s."), ("ru", "Сохранить", "от 15 с до 120 с, а не 5 с.") })
        {
            var screen = await Open($"/campaigns/{campaign}/edit", language: language);
            await screen.When(() => Assert.NotNull(screen.Find("#name")));
            await screen.All(".steps button")[2].ClickAsync();
            await screen.Write("ring", "5");
            await screen.All(".steps button")[0].ClickAsync();
            await screen.Press(save);

            Assert.Equal("step", screen.All(".steps button")[2].GetAttribute("aria-current"));
            Assert.Equal("wrong", screen.All(".steps button")[2].ClassName);
            Assert.Contains(expected, screen.Problem("ring"), StringComparison.Ordinal);
            Assert.Empty(screen.All(".refusal li"));
        }
    }

    [Fact]
    public async Task A_copy_has_a_name_of_its_own_and_all_else_of_its_original()
    {
        var floor = await Floor.Make(Admin);
        var campaign = await Make("campaigns", floor.NewCampaign("Spring"));
        var screen = await Open("/campaigns/new?copy=" + campaign);
        await screen.When(() => Assert.Equal("Spring (copy)", screen.Value("name")));
        await screen.Press("Make the campaign");
        Assert.Equal(2, (await Node.Service<ConfigStore<CampaignConfig>>().ListAsync()).Count);
        Assert.Contains((await Node.Service<ConfigStore<CampaignConfig>>().ListAsync()), c => c.Config.Name == "Spring (copy)" && c.Config.Schedule.Value == floor.Schedule);
    }

    [Fact]
    public async Task What_somebody_else_changed_meanwhile_is_not_written_over()
    {
        var floor = await Floor.Make(Admin);
        var campaign = await Make("campaigns", floor.NewCampaign("Spring"));
        var screen = await Open($"/campaigns/{campaign}/edit");
        await screen.When(() => Assert.Equal("Spring", screen.Value("name")));
        await Admin.Put("/campaigns/" + campaign, floor.NewCampaign("Summer"), "\"1\"").Json();
        await screen.Write("name", "Autumn");
        await screen.Press("Save");
        Assert.Contains("was changed since it was read", screen.Find(".refusal").Said(), StringComparison.Ordinal);
        Assert.Equal("Summer", (await Node.Service<ConfigStore<CampaignConfig>>().GetAsync(campaign))!.Config.Name);
    }

    [Fact]
    public async Task A_supervisor_chooses_among_what_their_groups_have()
    {
        var (mine, theirs) = (await Floor.Make(Admin, "mine"), await Floor.Make(Admin, "theirs"));
        var screen = await Open("/campaigns/new", Role.Supervisor, [mine.Group!]);
        await screen.Press("Next");
        Assert.Contains(mine.NameOfQueue, screen.Find("#queue").Said(), StringComparison.Ordinal);
        Assert.DoesNotContain(theirs.NameOfQueue, screen.Find("#queue").Said(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_trunk_it_says_who_adds_one()
    {
        var screen = await Open("/campaigns/new");
        await screen.Press("Next");
        await screen.Sees("There is no trunk yet. An administrator adds one under Servers.");
    }
}
