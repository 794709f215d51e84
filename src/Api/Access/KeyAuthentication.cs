using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Carillon.Api.Audit;
using Carillon.Api.Problems;
using Carillon.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Carillon.Api.Access;

/// <summary><c>Authorization: Bearer &lt;key&gt;</c>. A key acts for its user, with the role and groups that the user has now.</summary>
sealed class KeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder,
    ApiKeyStore keys, UserStore users, LockOut lockOut, AuditLog audit, TimeProvider time)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "key";
    const string Prefix = "carillon_";
    static readonly TimeSpan TouchEvery = TimeSpan.FromMinutes(5);

    public static string NewKey() => Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    /// <summary>A key holds 256 random bits: a plain hash of it cannot be tried out.</summary>
    public static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)) return AuthenticateResult.NoResult();
        var key = await keys.FindAsync(Hash(header["Bearer ".Length..].Trim()), Context.RequestAborted);
        var now = time.GetUtcNow();
        var user = key?.IsValidAt(now) == true ? await users.GetAsync(key.User, Context.RequestAborted) : null;
        if (key is null || user is null || user.User.Config.Disabled) return await Wrong(key?.User);

        if (key.LastUsedAt is not { } used || now - used > TouchEvery) await keys.TouchAsync(key.Id, Context.RequestAborted);
        return AuthenticateResult.Success(new(Identities.Of(user, SchemeName, key), SchemeName));
    }

    // Only wrong keys meet the lock-out: who shares an address with somebody who guesses can go on working.
    async Task<AuthenticateResult> Wrong(string? user)
    {
        var address = Caller.Address(Context);
        if (await lockOut.Try(null, address, Context.RequestAborted) is { } wait) throw Refusal.TooManyRequests("Too many wrong keys from this address.", wait);
        await audit.Refused("key-refused", user, address);
        return AuthenticateResult.Fail("The key is wrong, revoked or expired.");
    }
}
