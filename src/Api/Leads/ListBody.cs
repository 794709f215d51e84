using Carillon.Api.Exports;
using Carillon.Api.Idempotency;
using Carillon.Api.Problems;
using Carillon.Lists;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Carillon.Api.Leads;

/// <summary>The list in a request's body: the body itself, or the first file of a form. Never held whole.</summary>
static class ListBody
{
    static readonly string[] Lists = ["text/csv", "text/plain", XlsxTable.ContentType];

    public static async Task<Stream> Open(HttpRequest request, CancellationToken cancel)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)) throw WrongType();
        // Which of them it is, its first bytes say.
        if (Lists.Any(list => type.MediaType.Equals(list, StringComparison.OrdinalIgnoreCase))) return request.Body;
        if (!type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)) throw WrongType();

        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        if (string.IsNullOrEmpty(boundary)) throw Refusal.Invalid("body", "The form has no boundary.");
        var form = new MultipartReader(boundary, request.Body);
        try
        {
            while (await form.ReadNextSectionAsync(cancel) is { } section)
            {
                if (section.GetContentDispositionHeader()?.IsFileDisposition() == true) return section.Body;
            }
        }
        catch (Exception e) when (e is InvalidDataException or IOException and not BadHttpRequestException)
        {
            throw Refusal.Invalid("body", "The form cannot be read to its first file.");
        }
        throw Refusal.Invalid("body", "The form has no file.");
    }

    /// <exception cref="Refusal">There are more lines than one list may have.</exception>
    public static void Limit(ListProgress read, long mostLines)
    {
        if (read.Lines > mostLines) throw Refusal.TooLarge($"A list has at most {mostLines} lines (Api:MaxImportLines); those that came first were taken, send the rest as another one.");
    }

    sealed record SizeLimit(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;

    /// <summary>Its body is a list, of <see cref="ApiOptions.MaxImportBytes"/> at most.</summary>
    public static RouteHandlerBuilder AsListUpload(this RouteHandlerBuilder endpoint)
    {
        endpoint.Add(e => e.Metadata.Add(new SizeLimit(e.ApplicationServices.GetRequiredService<IOptions<ApiOptions>>().Value.MaxImportBytes is > 0 and var most ? most : null)));
        return endpoint.WithMetadata(new StreamedBody()).ProducesProblem(StatusCodes.Status415UnsupportedMediaType);
    }

    static Refusal WrongType() => Refusal.UnsupportedMedia($"Send the list as {string.Join(", ", Lists)}, or as a file in multipart/form-data.");
}
