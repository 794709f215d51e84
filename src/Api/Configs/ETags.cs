using System.Globalization;
using Carillon.Api.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Carillon.Api.Configs;

/// <summary>Edits are guarded by the version that their sender saw.</summary>
static class ETags
{
    public static void SetETag(this HttpResponse response, long version) =>
        response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>The version in If-Match; null for <c>*</c>, which means whatever there is.</summary>
    /// <exception cref="Refusal">428 if it is missing and must not be; 412 if it is no ETag of ours.</exception>
    public static long? IfMatch(this HttpRequest request, bool required)
    {
        var header = request.GetTypedHeaders().IfMatch;
        if (header.Count == 0 && request.Headers.IfMatch.Count == 0)
            return required ? throw Refusal.PreconditionRequired("Send the ETag that you read as If-Match, so that nobody's change is overwritten unseen.") : null;
        if (header is [{ } one])
        {
            if (one.Equals(EntityTagHeaderValue.Any)) return null;
            if (!one.IsWeak && long.TryParse(one.Tag.AsSpan().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version)) return version;
        }
        throw Refusal.PreconditionFailed("If-Match is not an ETag that was read here.");
    }
}
