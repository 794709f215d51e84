using Carillon.Api.Access;
using Microsoft.AspNetCore.Http;

namespace Carillon.Api.Pages;

/// <summary>Where whoever may not see a page goes instead.</summary>
static class Doors
{
    public const string SignIn = "/sign-in", SignOut = "/sign-out", Password = "/password", NotForYou = "/not-for-you", NotFound = "/not-found";

    public static string SignInFor(string page) => page is "/" or "" ? SignIn : $"{SignIn}?next={Uri.EscapeDataString(page)}";

    /// <summary>Who types an address at which nothing is sees a page; a program is told in its own way.</summary>
    public static async Task LeadBack(HttpContext http, RequestDelegate next)
    {
        await next(http);
        var unknown = http.Response is { StatusCode: StatusCodes.Status404NotFound, HasStarted: false } && http.GetEndpoint() is null;
        if (unknown && HttpMethods.IsGet(http.Request.Method) && http.Request.GetTypedHeaders().Accept.Any(a => a.MediaType == "text/html")) http.Response.Redirect(NotFound);
    }

    public static Task Lead(HttpContext http)
    {
        var user = http.User;
        var to = user.Identity?.IsAuthenticated != true ? SignInFor(http.Request.Path + http.Request.QueryString)
            : user.HasClaim(c => c.Type == Claims.MustChangePassword) ? Password
            : NotForYou;
        http.Response.Redirect(to);
        return Task.CompletedTask;
    }
}
