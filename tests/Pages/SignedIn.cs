using Carillon.Api.Access;
using Carillon.Storage;
using Microsoft.AspNetCore.Components.Authorization;

namespace Carillon.Pages.Tests;

/// <summary>Who looks at a page.</summary>
sealed class SignedIn(StoredUser user) : AuthenticationStateProvider
{
    /// <summary>What comes before it is known.</summary>
    public Func<Task> Before { get; set; } = () => Task.CompletedTask;

    public override async Task<AuthenticationState> GetAuthenticationStateAsync()
    {
        await Before();
        return new(Identities.Of(user, Sessions.SchemeName));
    }
}
