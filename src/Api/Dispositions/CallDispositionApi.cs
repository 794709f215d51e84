using Carillon.Api.Access;
using Carillon.Config;
using Carillon.Dispositions;
using Carillon.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Carillon.Api.Dispositions;

/// <summary>What an agent says of a call.</summary>
static class CallDispositionApi
{
    public static void MapCallDispositions(this RouteGroupBuilder api)
    {
        var call = api.MapGroup("/calls/{id}").WithTags("Calls");
        call.MapGet("/dispositions", Choices).For(Role.Operator).WithSummary("What can be said of this call").ProducesProblem(StatusCodes.Status404NotFound);
        call.MapPut("/disposition", Set).For(Role.Operator).WithSummary("Say what came of this call; an operator says it of their own").ProducesProblem(StatusCodes.Status404NotFound);
    }

    static async Task<Ok<List<Stored<DispositionConfig>>>> Choices(string id, Caller caller, CallDispositionDesk desk, CancellationToken cancel) =>
        TypedResults.Ok(await desk.Choices(caller, id, cancel));

    static async Task<Ok<DispositionSet>> Set(string id, DispositionToSet body, Caller caller, CallDispositionDesk desk, CancellationToken cancel) =>
        TypedResults.Ok(await desk.Set(caller, id, body, cancel));
}
