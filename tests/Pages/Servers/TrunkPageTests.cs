using Carillon.Api.Pages.Servers;
using Carillon.Api.Tests;
using Carillon.Servers;
using Carillon.Storage;
using NSubstitute;

namespace Carillon.Pages.Tests.Servers;

public sealed class TrunkPageTests : PageTest<TrunkPage>
{
    [Fact]
    public async Task A_new_one_goes_over_the_server_that_led_to_it()
    {
        await Make("servers", Floor.NewServer("pbx1"));
        var second = await Make("servers", Floor.NewServer("pbx2"));
        var screen = await Open("/trunks/new?server=" + second);
        await screen.Write("name", "carrier");
        await screen.Write("dial", "PJSIP/{number}@carrier");
        await screen.Write("prefixes", "+7495; +7499");
        await screen.Press("Save");

        var stored = Assert.Single(await Node.Service<ConfigStore<TrunkConfig>>().ListAsync()).Config;
        Assert.Equal((second, "PJSIP/{number}@carrier"), (stored.Server.Value, stored.DialString));
        Assert.Equal(["+7495", "+7499"], stored.Prefixes.AsEnumerable());
    }

    [Fact]
    public async Task The_dial_string_is_made_of_an_endpoint_that_the_server_knows()
    {
        var server = await Make("servers", Floor.NewServer("pbx1"));
        var grain = Node.Grains.Get<IServerGrain>(server);
        grain.ListEndpoints().Returns(new ServerEndpoints
        {
            Endpoints = [new("PJSIP/carrier", "PJSIP/{number}@carrier", true), new("PJSIP/gone", "PJSIP/{number}@gone", false)],
        });
        var screen = await Open("/trunks/new");
        await screen.When(() => Assert.Equal(["Another…", "PJSIP/carrier", "PJSIP/gone (unreachable)"], screen.All("#endpoint option").Select(o => o.Said())));
        await screen.Write("endpoint", "PJSIP/{number}@carrier");
        Assert.Equal("PJSIP/{number}@carrier", screen.Find("#dial").GetAttribute("value"));

        grain.ListEndpoints().Returns(new ServerEndpoints { Problem = "server pbx1 is not online" });
        screen = await Open("/trunks/new", language: "ru");
        await screen.When(() => Assert.Contains("не на связи", screen.Find("form").Said(), StringComparison.Ordinal));
        Assert.Empty(screen.All("#endpoint"));
    }

    [Fact]
    public async Task The_form_waits_for_no_server_and_one_that_does_not_answer_says_so_beside_its_name()
    {
        var server = await Make("servers", Floor.NewServer("pbx1"));
        var answer = new TaskCompletionSource<ServerEndpoints>();
        Node.Grains.Get<IServerGrain>(server).ListEndpoints().Returns(answer.Task);
        var screen = await Open("/trunks/new");
        await screen.Write("name", "carrier");
        await screen.Sees("Asking it which endpoints it knows…");

        answer.SetException(new TimeoutException("Response did not arrive on time."));

        await screen.Sees("No answer came in time.");
        Assert.Equal("carrier", screen.Value("name"));
        Assert.Empty(screen.All("#endpoint"));
    }

    [Fact]
    public async Task What_is_wrong_stands_beside_its_field_in_both_languages()
    {
        foreach (var (language, save) in new[] { ("en", "Save"), ("ru", "Сохранить") })
        {
            var screen = await Open("/trunks/new", language: language);
            await screen.Write("dial", "PJSIP/carrier");
            await screen.Write("prefixes", "495");
            await screen.Press(save);
            foreach (var field in new[] { "name", "server", "dial", "prefixes" })
                Assert.Matches(language == "ru" ? "[а-я]" : "[a-z]", screen.Problem(field));
            Assert.Empty(screen.All(".refusal li"));
        }
    }

    [Fact]
    public async Task One_that_is_used_is_not_deleted_and_says_by_what()
    {
        var floor = await Floor.Make(Admin);
        await Make("campaigns", floor.NewCampaign("Spring"));
        var screen = await Open("/trunks/" + floor.Trunk);
        await screen.When(() => Assert.Equal(floor.NameOfTrunk, screen.Heading));
        await screen.PressAndAnswer("Delete", $"Delete {floor.NameOfTrunk}? This cannot be undone.", "Delete");
        Assert.Contains("used by campaign Spring", screen.Find(".refusal").Said(), StringComparison.Ordinal);
    }
}
