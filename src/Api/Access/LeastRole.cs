using Carillon.Users;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;

namespace Carillon.Api.Access;

/// <summary>The least role that an endpoint is open to; also told in the OpenAPI document.</summary>
/// <param name="WithGivenPassword">Also open to who has yet to replace a password that somebody else gave them.</param>
sealed record LeastRole(Role Role, bool WithGivenPassword) : IAuthorizationRequirement;

static class LeastRoleEndpoints
{
    public static TBuilder For<TBuilder>(this TBuilder endpoint, Role role, bool withGivenPassword = false) where TBuilder : IEndpointConventionBuilder
    {
        var least = new LeastRole(role, withGivenPassword);
        return endpoint.RequireAuthorization(new AuthorizationPolicyBuilder().AddRequirements(least).Build()).WithMetadata(least);
    }
}

sealed class LeastRoleHandler : AuthorizationHandler<LeastRole>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, LeastRole requirement)
    {
        var mustChange = context.User.HasClaim(c => c.Type == Claims.MustChangePassword);
        if (mustChange && !requirement.WithGivenPassword)
            context.Fail(new(this, "Change your password first: PUT /api/v1/session/password."));
        else if (Enum.TryParse<Role>(context.User.FindFirst(Claims.Role)?.Value, out var role) && role >= requirement.Role)
            context.Succeed(requirement);
        else
            context.Fail(new(this, $"This needs the role {requirement.Role}."));
        return Task.CompletedTask;
    }
}
