using System.Reflection;
using Carillon.Api.Pages;
using Carillon.Api.Pages.Layout;
using Carillon.Users;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;

namespace Carillon.Pages.Tests;

/// <summary>What holds for all pages there are, also for those that nobody has written yet.</summary>
public sealed class EveryPageTests : PageTest<NotForYouPage>
{
    static readonly Type[] Pages = [.. typeof(Routes).Assembly.GetTypes().Where(t => t.IsDefined(typeof(RouteAttribute)))];

    public static TheoryData<Type> Guarded => [.. Pages.Where(p => p.GetCustomAttribute<ForAttribute>() is { Role: > Role.Operator })];

    [Fact]
    public void Every_page_has_tests()
    {
        var tested = typeof(EveryPageTests).Assembly.GetTypes().Where(HasFacts).SelectMany(t => t.GetInterfaces())
            .Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ITests<>)).Select(i => i.GenericTypeArguments[0]);
        Assert.Empty(Pages.Except(tested).Select(p => p.FullName));
        Assert.Contains(typeof(NotForYouPage), Pages);
    }

    [Fact]
    public void Every_page_says_whom_it_is_for() =>
        Assert.All(Pages, page => Assert.True(page.IsDefined(typeof(ForAttribute)) || page.IsDefined(typeof(AllowAnonymousAttribute)), $"{page} is open to nobody."));

    [Theory]
    [MemberData(nameof(Guarded))]
    public async Task A_page_is_shown_to_nobody_of_a_lesser_role(Type page)
    {
        var path = page.GetCustomAttributes<RouteAttribute>().First().Template.Replace("{*Id}", "any", StringComparison.Ordinal).Replace("{Id}", "any", StringComparison.Ordinal).Replace("{Name}", "RU", StringComparison.Ordinal);
        var least = page.GetCustomAttribute<ForAttribute>()!.Role;

        var screen = await Open(path, least - 1, agent: "PJSIP/9001");

        Assert.Equal("Not open to you", screen.Heading);
        Assert.Equal("Not open to you This page needs another role. Who gave you your login can change it.", screen.Text);
    }

    static bool HasFacts(Type type) => !type.IsAbstract && type.GetMethods().Any(m => m.IsDefined(typeof(FactAttribute)));
}
