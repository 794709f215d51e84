using Carillon.Api.Pages;
using Carillon.Api.Problems;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http;

namespace Carillon.Api.Access;

/// <summary>Refusals of access are ProblemDetails like all others; who opens a page is led to the one that they need first.</summary>
sealed class AccessRefusals : IAuthorizationMiddlewareResultHandler
{
    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded) return next(context);
        if (context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null) return Doors.Lead(context);
        if (authorizeResult.Challenged || context.User.Identity?.IsAuthenticated != true)
            throw Refusal.Unauthorized("Sign in, or send an API key: Authorization: Bearer <key>.");
        throw Refusal.Forbidden(authorizeResult.AuthorizationFailure?.FailureReasons.FirstOrDefault()?.Message ?? "This is not open to you.");
    }
}
