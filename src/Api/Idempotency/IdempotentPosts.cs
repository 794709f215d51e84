using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Carillon.Api.Access;
using Carillon.Api.Problems;
using Carillon.Storage;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace Carillon.Api.Idempotency;

/// <summary>
/// A POST with an Idempotency-Key is carried out once for its sender: the same request again gets the first answer, another request under
/// the same key 422, and one that comes while the first is being carried out 409. Refusals and failures are not kept: they may be tried again.
/// </summary>
sealed class IdempotentPosts(IdempotencyStore store)
{
    public const string Header = "Idempotency-Key";
    const int MaxKeyLength = 200;
    static readonly TimeSpan Abandoned = TimeSpan.FromMinutes(5);
    static readonly TimeSpan AbandonedStream = TimeSpan.FromHours(1);

    /// <summary>Of 600,000 rounds, as for a password: a stored fingerprint must not help to guess what the body held.</summary>
    const int SlowRounds = 600_000;

    sealed record Answer(string? ContentType, string? Location, string? ETag, string? BodyHash, string? Body);

    public async Task Handle(HttpContext http, RequestDelegate next)
    {
        if (!HttpMethods.IsPost(http.Request.Method) || http.User.Identity?.IsAuthenticated != true || !http.Request.Headers.TryGetValue(Header, out var header)
            || Metadata<IAllowAnonymous>(http) is not null)
        {
            await next(http);
            return;
        }
        var key = header.ToString();
        if (key.Length is 0 or > MaxKeyLength || key.Any(char.IsControl)) throw Refusal.Invalid(Header, $"An idempotency key has 1 to {MaxKeyLength} characters.");
        var user = Caller.Of(http).UserId;
        var streamed = Metadata<StreamedBody>(http) is not null;
        var print = await Fingerprint(http.Request, streamed);
        if (Metadata<SecretBody>(http) is not null) print = Slow(print, user, key);
        var claim = await store.ClaimAsync(user, key, print, streamed ? AbandonedStream : Abandoned, http.RequestAborted);
        switch (claim.Outcome)
        {
            case ClaimOutcome.Mismatch: throw OtherRequest();
            case ClaimOutcome.InProgress: throw Refusal.Busy("The request with this Idempotency-Key is being carried out.", TimeSpan.FromSeconds(1));
            case ClaimOutcome.Completed when Metadata<SecretAnswer>(http) is not null:
                throw Refusal.Conflict("This was done by the first request with this Idempotency-Key, and its answer is shown only once.");
            case ClaimOutcome.Completed: await Repeat(http, claim, streamed); break;
            default: await CarryOut(http, next, user, key, streamed); break;
        }
    }

    async Task CarryOut(HttpContext http, RequestDelegate next, string user, string key, bool streamed)
    {
        var original = http.Response.Body;
        var capture = new CapturingStream(original);
        using var hashing = new HashingStream(http.Request.Body);
        if (streamed) http.Request.Body = hashing;
        http.Response.Body = capture;
        try
        {
            await next(http);
            if (http.Response.StatusCode >= 400)
            {
                await store.ReleaseAsync(user, key, CancellationToken.None);
                return;
            }
            var headers = http.Response.Headers;
            var answer = new Answer(
                http.Response.ContentType, headers.Location, headers.ETag, streamed ? await hashing.Finish(http.RequestAborted) : null,
                capture.Copy is { } copy && Metadata<SecretAnswer>(http) is null ? Encoding.UTF8.GetString(copy) : null);
            await store.CompleteAsync(user, key, http.Response.StatusCode, JsonSerializer.Serialize(answer), CancellationToken.None);
        }
        catch
        {
            await store.ReleaseAsync(user, key, CancellationToken.None);
            throw;
        }
        finally
        {
            http.Response.Body = original;
        }
    }

    static async Task Repeat(HttpContext http, Claim claim, bool streamed)
    {
        var answer = JsonSerializer.Deserialize<Answer>(claim.Body!)!;
        if (streamed)
        {
            using var hashing = new HashingStream(http.Request.Body);
            if (await hashing.Finish(http.RequestAborted) != answer.BodyHash) throw OtherRequest();
        }
        http.Response.StatusCode = claim.StatusCode;
        http.Response.ContentType = answer.ContentType;
        if (answer.Location is not null) http.Response.Headers.Location = answer.Location;
        if (answer.ETag is not null) http.Response.Headers.ETag = answer.ETag;
        http.Response.Headers["Idempotent-Replayed"] = "true";
        if (answer.Body is { Length: > 0 } body) await http.Response.WriteAsync(body, http.RequestAborted);
    }

    static async Task<string> Fingerprint(HttpRequest request, bool streamed)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n{(streamed ? "" : request.ContentType)}\n"));
        if (!streamed)
        {
            // The framework's own limit on bodies holds here as well.
            request.EnableBuffering();
            var buffer = new byte[16 * 1024];
            for (int read; (read = await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted)) > 0;) hash.AppendData(buffer.AsSpan(0, read));
            request.Body.Position = 0;
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    static string Slow(string print, string user, string key) => Convert.ToHexStringLower(Rfc2898DeriveBytes.Pbkdf2(
        Encoding.UTF8.GetBytes(print), SHA256.HashData(Encoding.UTF8.GetBytes($"{user}\n{key}")), SlowRounds, HashAlgorithmName.SHA256, 32));

    static T? Metadata<T>(HttpContext http) where T : class => http.GetEndpoint()?.Metadata.GetMetadata<T>();

    static Refusal OtherRequest() => Refusal.Unprocessable("This Idempotency-Key was used for another request.");
}
