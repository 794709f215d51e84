using Carillon.Api.Access;
using Carillon.Api.Problems;
using Carillon.Lists;
using Carillon.Numbers;
using Carillon.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Carillon.Api.Leads;

/// <summary>A look at a list before it goes anywhere.</summary>
static class ListPreviewApi
{
    public static void MapListPreview(this RouteGroupBuilder api)
    {
        var limit = ((IEndpointRouteBuilder)api).ServiceProvider.GetRequiredService<IOptions<ApiOptions>>().Value.MaxImportBytes;
        api.MapPost("/lists/preview", Preview).For(Role.Supervisor).WithTags("Leads")
            .WithSummary("What an import would find out of a list: encoding, columns and the first lines; imports nothing")
            .WithDescription("The first 64 KB of a text list are enough; a workbook must be sent whole.").AsListUpload(limit);
    }

    /// <param name="country">By whose plan national numbers are read. Default RU.</param>
    /// <param name="numberColumn">The column of the numbers, from 1.</param>
    /// <param name="header">Whether the first line names the columns.</param>
    /// <param name="delimiter">comma, semicolon or tab.</param>
    static async Task<Ok<ListPreview>> Preview(string? country, int? numberColumn, bool? header, string? delimiter, HttpRequest request, CancellationToken cancel)
    {
        if (country is not null && !NumberingPlan.IsKnownCountry(country)) throw Refusal.Invalid("country", $"The numbering plan of {country} is not known; use a code such as RU.");
        var options = ListQuery.Options(country ?? "RU", numberColumn, header, delimiter);
        return TypedResults.Ok(await NumberList.PreviewAsync(await ListBody.Open(request, cancel), options, cancel));
    }
}
