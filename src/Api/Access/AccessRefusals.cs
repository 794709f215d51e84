using Carillon.Api.Problems;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;

namespace Carillon.Api.Access;

/// <summary>Refusals of access are ProblemDetails like all others.</summary>
sealed class AccessRefusals : IAuthorizationMiddlewareResultHandler
{
    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded) return next(context);
        if (authorizeResult.Challenged || context.User.Identity?.IsAuthenticated != true)
            throw Refusal.Unauthorized("Sign in, or send an API key: Authorization: Bearer <key>.");
        throw Refusal.Forbidden(authorizeResult.AuthorizationFailure?.FailureReasons.FirstOrDefault()?.Message ?? "This is not open to you.");
    }
}
