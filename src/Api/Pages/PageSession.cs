using System.Diagnostics.CodeAnalysis;
using Carillon.Api.Access;
using Carillon.Storage;
using Microsoft.AspNetCore.Components.Authorization;

namespace Carillon.Api.Pages;

/// <summary>Who looks at the pages of a circuit. Read anew from the store whenever they do something, as for each request of the API, so that a change of role or groups holds at once.</summary>
public sealed class PageSession(UserStore users, AuthenticationStateProvider state)
{
    /// <summary>Where the circuit was opened from.</summary>
    public string From { get; set; } = "local";

    /// <exception cref="SessionEnded">They were disabled, have a new password or never signed in.</exception>
    public async Task<Caller> Caller(CancellationToken cancel = default)
    {
        var known = (await state.GetAuthenticationStateAsync()).User;
        var user = known.FindFirst(Claims.User)?.Value is { } id ? await users.GetAsync(id, cancel) : null;
        if (user is null or { User.Config: { Disabled: true } or { MustChangePassword: true } } || user.SecurityStamp != known.FindFirst(Claims.Stamp)?.Value) throw new SessionEnded();
        return Access.Caller.Of(Identities.Of(user, Sessions.SchemeName), From);
    }
}

/// <summary>Whoever opened the page has to sign in again.</summary>
[SuppressMessage("Naming", "CA1710", Justification = "It is what its name says.")]
public sealed class SessionEnded() : Exception("The session has ended.");
