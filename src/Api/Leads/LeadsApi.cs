using Carillon.Api.Access;
using Carillon.Api.Problems;
using Carillon.Leads;
using Carillon.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Carillon.Api.Leads;

static class LeadsApi
{
    public static void MapLeads(this RouteGroupBuilder api)
    {
        var leads = api.MapGroup("/campaigns/{id}/leads").WithTags("Leads");
        leads.MapGet("/", List).For(Role.Supervisor).WithSummary("Leads of the campaign, by id").ProducesProblem(StatusCodes.Status404NotFound);
        leads.MapGet("/{lead:long}", Get).For(Role.Supervisor).WithSummary("One lead").ProducesProblem(StatusCodes.Status404NotFound);
        leads.MapGet("/{lead:long}/why", Why).For(Role.Supervisor).WithSummary("Why this lead was not dialed yet").ProducesProblem(StatusCodes.Status404NotFound);
        leads.MapPost("/", Add).For(Role.Supervisor).WithSummary("Add one number")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        leads.MapPost("/{lead:long}/callback", CallBack).For(Role.Supervisor).WithSummary("Call this lead (again) at a time, before all others that are due")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        leads.MapPut("/{lead:long}/place", SetPlace).For(Role.Supervisor).WithSummary("Priority, call order, chance, agent and list of a lead").ProducesProblem(StatusCodes.Status404NotFound);
        leads.MapPost("/exclude", Exclude).For(Role.Supervisor).WithSummary("Dial these leads no more").ProducesProblem(StatusCodes.Status404NotFound);
    }

    /// <param name="status">One or several statuses.</param>
    /// <param name="number">The beginning of the number, international; the list is by number then, else by id.</param>
    static async Task<Ok<LeadPage>> List(
        string id, string[]? status, string? number, string? cursor, int? limit, Caller caller, LeadDesk desk, CancellationToken cancel) =>
        TypedResults.Ok(await desk.List(caller, id, new()
        {
            Statuses = [.. (status ?? []).Select(Status)],
            // In an address a plus that is not encoded reads as a blank.
            NumberPrefix = string.IsNullOrWhiteSpace(number) ? null : "+" + number.Trim().TrimStart('+'),
            Limit = Paging.Limit(limit),
        }, cursor, cancel));

    static async Task<Ok<Lead>> Get(string id, long lead, Caller caller, LeadDesk desk, CancellationToken cancel) =>
        TypedResults.Ok(await desk.Get(caller, id, lead, cancel));

    static async Task<Ok<LeadWhy>> Why(string id, long lead, Caller caller, LeadDesk desk, CancellationToken cancel) =>
        TypedResults.Ok(await desk.Why(caller, id, lead, cancel));

    static async Task<Created<Lead>> Add(string id, LeadToAdd body, Caller caller, LeadDesk desk, CancellationToken cancel)
    {
        var lead = await desk.Add(caller, id, body, cancel);
        return TypedResults.Created($"/api/v1/campaigns/{lead.Campaign}/leads/{lead.Id}", lead);
    }

    static async Task<Ok<Lead>> CallBack(string id, long lead, CallbackRequest body, Caller caller, LeadDesk desk, CancellationToken cancel) =>
        TypedResults.Ok(await desk.CallBack(caller, id, lead, body, cancel));

    static async Task<Ok<Lead>> SetPlace(string id, long lead, LeadPlace body, Caller caller, LeadDesk desk, CancellationToken cancel) =>
        TypedResults.Ok(await desk.SetPlace(caller, id, lead, body, cancel));

    static async Task<Ok<Excluded>> Exclude(string id, Exclusion body, Caller caller, LeadDesk desk, CancellationToken cancel) =>
        TypedResults.Ok(new Excluded(await desk.Exclude(caller, id, body, cancel)));

    static LeadStatus Status(string word) => Enum.TryParse<LeadStatus>(word, ignoreCase: true, out var status) && char.IsAsciiLetter(word[0])
        ? status
        : throw Refusal.Invalid("status", $"There is no status {word}; there are {string.Join(", ", Enum.GetNames<LeadStatus>())}.");
}
