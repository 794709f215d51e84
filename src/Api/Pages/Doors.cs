using Carillon.Api.Access;
using Microsoft.AspNetCore.Http;

namespace Carillon.Api.Pages;

/// <summary>Where whoever may not see a page goes instead.</summary>
static class Doors
{
    public const string SignIn = "/sign-in", SignOut = "/sign-out", Password = "/password", NotForYou = "/not-for-you";

    public static string SignInFor(string page) => page is "/" or "" ? SignIn : $"{SignIn}?next={Uri.EscapeDataString(page)}";

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
