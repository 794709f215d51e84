using Bunit;
using Carillon.Api.Pages;
using Carillon.Api.Pages.Language;
using Carillon.Api.Tests;
using Carillon.Storage;
using Carillon.Users;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Radzen;

namespace Carillon.Pages.Tests;

/// <summary>What every page shows of what it reads, when its answers come in any order.</summary>
public sealed class ReadingTests : TestNode
{
    sealed class Chooser : PageBase
    {
        public string Shown { get; private set; } = "";
        public bool IsReading => Reading;
        public string? Trouble => Refused?.Message;

        public Task<bool> Choose(Func<CancellationToken, Task<string>> answer) => InvokeAsync(() => Read((_, cancel) => answer(cancel), text => Shown = text));

        public Task Stop() => InvokeAsync(StopReading);

        Task<bool> InvokeAsync(Func<Task<bool>> act)
        {
            var done = new TaskCompletionSource<bool>();
            _ = base.InvokeAsync(async () => done.SetResult(await act()));
            return done.Task;
        }
    }

    async Task<Chooser> Open(BunitContext browser)
    {
        var user = await Service<UserStore>().GetAsync(await NewUser(Role.Supervisor));
        browser.Services.AddRadzenComponents();
        browser.Services.AddSingleton<AuthenticationStateProvider>(new SignedIn(user!));
        browser.Services.AddScoped<Words>().AddScoped(s => new PageSession(Service<UserStore>(), s.GetRequiredService<AuthenticationStateProvider>()));
        browser.Services.AddFallbackServiceProvider(Services);
        return browser.Render<Chooser>().Instance;
    }

    [Fact]
    public async Task Only_what_was_asked_for_last_is_shown_also_if_it_comes_first()
    {
        await using var browser = new BunitContext();
        var page = await Open(browser);
        var (old, asked, token) = (new TaskCompletionSource<string>(), new TaskCompletionSource(), CancellationToken.None);
        var first = page.Choose(cancel =>
        {
            token = cancel;
            asked.SetResult();
            return old.Task;
        });
        await asked.Task;
        Assert.True(page.IsReading);

        Assert.True(await page.Choose(_ => Task.FromResult("new")));
        Assert.True(token.IsCancellationRequested);
        old.SetResult("old");

        Assert.False(await first);
        Assert.Equal(("new", false), (page.Shown, page.IsReading));
    }

    [Fact]
    public async Task What_nobody_waits_for_any_more_tells_of_no_problem()
    {
        await using var browser = new BunitContext();
        var page = await Open(browser);
        var (old, asked) = (new TaskCompletionSource<string>(), new TaskCompletionSource());
        var first = page.Choose(_ =>
        {
            asked.SetResult();
            return old.Task;
        });
        await asked.Task;
        await page.Stop();
        Assert.False(page.IsReading);
        old.SetException(new TimeoutException("too late"));
        Assert.False(await first);
        Assert.Null(page.Trouble);
    }
}
