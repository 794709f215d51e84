using Carillon.Api.Access;
using Carillon.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Carillon.Api.Campaigns.WhatIf;

static class WhatIfApi
{
    public static void MapWhatIf(this RouteGroupBuilder api) =>
        api.MapPost("/campaigns/{id}/what-if", Ask).For(Role.Supervisor).WithTags("Campaigns").WithSummary("What other agents, another cap or another mode would come to, simulated from the campaign's own calls")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status429TooManyRequests);

    static async Task<Ok<WhatIfAnswer>> Ask(string id, WhatIfRequest? body, Caller caller, WhatIfDesk desk, CancellationToken cancel) =>
        TypedResults.Ok(await desk.Ask(caller, id, body ?? new(), cancel));
}
