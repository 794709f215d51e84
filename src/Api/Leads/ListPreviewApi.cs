using Carillon.Api.Access;
using Carillon.Api.Problems;
using Carillon.Lists;
using Carillon.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Carillon.Api.Leads;

/// <summary>A look at a list before it goes anywhere.</summary>
static class ListPreviewApi
{
    public static void MapListPreview(this RouteGroupBuilder api) =>
        api.MapPost("/lists/preview", Preview).For(Role.Supervisor).WithTags("Leads")
            .WithSummary("What an import would find out of a list: encoding, columns and the first lines; imports nothing")
            .WithDescription("The first 64 KB of a text list are enough; a workbook must be sent whole.").AsListUpload();

    /// <param name="country">By whose plan national numbers are read. Default RU.</param>
    /// <param name="numberColumn">The column of the numbers, from 1.</param>
    /// <param name="header">Whether the first line names the columns.</param>
    /// <param name="delimiter">comma, semicolon or tab.</param>
    static async Task<Ok<ListPreview>> Preview(string? country, int? numberColumn, bool? header, string? delimiter, HttpRequest request, CancellationToken cancel)
    {
        var options = ListQuery.Options(country ?? Numbers.Country, numberColumn, header, delimiter);
        var errors = new FieldErrors();
        Numbers.CheckCountry(options.Country, errors);
        errors.ThrowIfAny();
        return TypedResults.Ok(await NumberList.PreviewAsync(await ListBody.Open(request, cancel), options, cancel));
    }
}
