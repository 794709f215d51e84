using System.Security.Claims;
using Carillon.Storage;
using Claim = System.Security.Claims.Claim;

namespace Carillon.Api.Access;

/// <summary>What a request knows of its user. Made anew from the store for each request, so that a change of role or groups holds at once.</summary>
static class Identities
{
    public static ClaimsPrincipal Of(StoredUser user, string scheme, ApiKey? key = null)
    {
        var config = user.User.Config;
        var claims = new List<Claim>
        {
            new(Claims.User, user.User.Id),
            new(Claims.Name, key is null ? config.Login : $"{config.Login} (key {key.Name})"),
            new(Claims.Role, config.Role.ToString()),
            new(Claims.Stamp, user.SecurityStamp),
        };
        claims.AddRange(config.Groups.Select(g => new Claim(Claims.Group, g)));
        if (key is not null) claims.Add(new(Claims.Key, key.Id));
        if (config.Agent is { } agent) claims.Add(new(Claims.Agent, agent.Value));
        if (config.MustChangePassword && key is null) claims.Add(new(Claims.MustChangePassword, "true"));
        return new(new ClaimsIdentity(claims, scheme, Claims.Name, Claims.Role));
    }
}
