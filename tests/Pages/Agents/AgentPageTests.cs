using Carillon.Agents;
using Carillon.Api.Pages.Agents;
using Carillon.Api.Tests;
using Carillon.Storage;
using Carillon.Users;

namespace Carillon.Pages.Tests.Agents;

public sealed class AgentPageTests : PageTest<AgentPage>
{
    [Fact]
    public async Task One_whom_a_queue_knows_begins_as_the_queue_knows_them_and_is_stored()
    {
        var screen = await Open("/agents/new?interface=PJSIP%2F9001&name=Agent+1");
        await screen.When(() => Assert.Equal("PJSIP/9001", screen.Value("interfaces")));
        Assert.Equal("Agent 1", screen.Value("name"));

        await screen.Write("name", "Anna");
        await screen.Press("Save");

        Assert.Equal("/agents", screen.Path);
        var stored = await Node.Service<ConfigStore<AgentConfig>>().GetAsync("PJSIP/9001");
        Assert.Equal("Anna", stored!.Config.Name);
    }

    [Fact]
    public async Task What_is_wrong_stands_beside_its_field_in_both_languages()
    {
        foreach (var (language, save, expected) in new[] { ("en", "Save", "technology/resource"), ("ru", "Сохранить", "технология/ресурс") })
        {
            var screen = await Open("/agents/new", language: language);
            await screen.Write("interfaces", "9001");
            await screen.Press(save);
            Assert.Contains(expected, screen.Problem("interfaces"), StringComparison.Ordinal);
            Assert.NotEmpty(screen.Problem("name"));
            Assert.Empty(screen.All(".refusal li"));
        }
    }

    [Fact]
    public async Task A_deletion_asks_by_name_and_one_who_is_somebodys_login_stays()
    {
        var agent = await Make("agents", new { name = "Anna", interfaces = new[] { "PJSIP/9001" } });
        await Make("users", new { config = new { login = "anna", role = "Operator", agent } });
        var screen = await Open("/agents/PJSIP/9001");
        await screen.When(() => Assert.Equal("Anna", screen.Heading));

        await screen.PressAndAnswer("Delete", "Delete Anna? This cannot be undone.", "Back");
        Assert.Empty(screen.All(".refusal"));
        await screen.PressAndAnswer("Delete", "Delete Anna?", "Delete");

        Assert.Contains("used by user anna", screen.Find(".refusal").Said(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agent_of_other_groups_is_not_found()
    {
        var (mine, theirs) = (await Floor.Make(Admin, "mine"), await Floor.Make(Admin, "theirs"));
        await Make("agents", new { name = "Zoe", interfaces = new[] { "PJSIP/9001" }, group = theirs.Group });
        var screen = await Open("/agents/PJSIP/9001", Role.Supervisor, [mine.Group!]);
        await screen.When(() => Assert.NotEmpty(screen.All(".refusal")));
        Assert.DoesNotContain("Zoe", screen.Text, StringComparison.Ordinal);
        Assert.False(screen.Offers("Save"));
    }
}
