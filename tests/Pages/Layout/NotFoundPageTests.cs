using Carillon.Api.Pages.Layout;
using Carillon.Api.Tests;
using Carillon.Users;

namespace Carillon.Pages.Tests.Layout;

public sealed class NotFoundPageTests : PageTest<NotFoundPage>
{
    [Fact]
    public async Task An_address_that_leads_nowhere_leads_to_the_start_page()
    {
        var screen = await Open("/no/such/thing");
        Assert.Equal("There is no such page", screen.Heading);
        Assert.Equal("/", screen.Button("To the start page").GetAttribute("href"));
    }

    [Fact]
    public async Task Who_types_a_wrong_address_is_led_here_and_a_program_is_told_by_a_problem()
    {
        var (person, program) = (Node.Nobody(), Node.Nobody());
        person.DefaultRequestHeaders.Accept.ParseAdd("text/html,application/xhtml+xml;q=0.9,*/*;q=0.8");
        Assert.Equal("/not-found", (await person.GetAsync("/campaign")).Headers.Location?.OriginalString);
        Assert.Equal("There is nothing at this address.", (await program.GetAsync("/campaign").Json(System.Net.HttpStatusCode.NotFound))["detail"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_menu_offers_what_the_role_may_open_and_nothing_else()
    {
        var (operators, supervisors, administrators) = (await Open("/not-found", Role.Operator), await Open("/not-found", Role.Supervisor), await Open("/not-found"));

        Assert.StartsWith("Your work Calls API keys ", operators.Menu, StringComparison.Ordinal);
        Assert.StartsWith("Wallboard Campaigns Calls Statistics Agents ", supervisors.Menu, StringComparison.Ordinal);
        Assert.DoesNotContain("Audit log", supervisors.Menu, StringComparison.Ordinal);
        Assert.Contains("API keys Audit log", administrators.Menu, StringComparison.Ordinal);
        Assert.Contains("Leads to call", (await Open("/not-found", Role.Operator, agent: "PJSIP/9001")).Menu, StringComparison.Ordinal);
    }
}
