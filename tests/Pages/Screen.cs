using AngleSharp.Dom;
using Bunit;
using Bunit.TestDoubles;
using Carillon.Api.Pages;
using Carillon.Api.Pages.Language;
using Carillon.Api.Tests;
using Carillon.Storage;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Radzen;

namespace Carillon.Pages.Tests;

/// <summary>What one person sees of a node's pages, within their own router, gate and layout, and what they do there.</summary>
sealed class Screen : IAsyncDisposable
{
    readonly BunitContext _browser = new();
    readonly IRenderedComponent<Routes> _shown;
    readonly SignedIn _signedIn;

    public Screen(TestNode node, StoredUser user, string path, string language)
    {
        _browser.JSInterop.Mode = JSRuntimeMode.Loose;
        var services = _browser.Services;
        services.AddRadzenComponents();
        services.AddSingleton<AuthenticationStateProvider>(_signedIn = new(user));
        services.AddScoped<Words>().AddScoped(s => new PageSession(node.Service<UserStore>(), s.GetRequiredService<AuthenticationStateProvider>()));
        services.AddFallbackServiceProvider(node.Services);
        Navigation.NavigateTo(path);
        _shown = _browser.Render<Routes>(p => p.Add(r => r.Viewer, new() { Language = language, TimeZone = "Europe/Moscow" }));
    }

    public BunitJSInterop Browser => _browser.JSInterop;

    /// <summary>Who they are cannot be read, because of this, until it is null again.</summary>
    public Exception? Unread { set => Before = value is null ? (() => Task.CompletedTask) : () => Task.FromException(value); }

    /// <summary>What comes before who they are is known, whenever the page asks for something.</summary>
    public Func<Task> Before { set => _signedIn.Before = value; }

    BunitNavigationManager Navigation => (BunitNavigationManager)_browser.Services.GetRequiredService<NavigationManager>();

    /// <summary>Where they are.</summary>
    public string Path => new Uri(Navigation.Uri).PathAndQuery;

    public string Heading => Main.QuerySelector("h1")?.Said() ?? "";

    /// <summary>All that the page itself says.</summary>
    public string Text => Main.Said();

    public string Menu => _shown.Find("nav").Said();

    /// <summary>What was told at the edge of the window.</summary>
    public string Notices => string.Join(' ', _shown.FindAll(".rz-notification").Select(n => n.Said()));

    IElement Main => _shown.Find("main");

    public Task<IRenderedComponent<TPage>> Part<TPage>() where TPage : IComponent => Task.FromResult(_shown.WaitForComponent<TPage>());

    public bool Has<TPage>() where TPage : IComponent => _shown.HasComponent<TPage>();

    public void GoTo(string path) => Navigation.NavigateTo(path);

    public IElement Find(string selector) => _shown.Find(selector);

    public IReadOnlyList<IElement> All(string selector) => _shown.FindAll(selector);

    /// <summary>The row or entry that says this.</summary>
    public IElement Row(string text) => _shown.FindAll("main tbody tr, main li").First(r => r.Said().Contains(text, StringComparison.Ordinal));

    /// <summary>The words beside a field.</summary>
    public string Problem(string field) => _shown.Find($"#{field}-problem").Said();

    public string Value(string field) => _shown.Find("#" + field).GetAttribute("value") ?? "";

    /// <summary>As soon as it is so; that is signalled by each drawing.</summary>
    public Task When(Action holds) => _shown.WaitForAssertionAsync(holds);

    public Task Sees(string text) => When(() => Assert.Contains(text, Text, StringComparison.Ordinal));

    public async Task Write(string field, object value) => await (await _shown.WaitForElementAsync("#" + field)).ChangeAsync(value);

    public async Task Press(string name)
    {
        await When(() => Assert.False(Button(name).HasAttribute("disabled"), $"{name} waits for something else."));
        await Press(name, () => Main);
    }

    /// <summary>No drawing comes between finding and pressing it.</summary>
    public Task Press(string name, Func<IElement> within) => _shown.InvokeAsync(() => Button(name, within()).ClickAsync());

    public bool Offers(string name) => Buttons(Main).Any(b => IsNamed(b, name));

    public IElement Button(string name, IElement? within = null) =>
        Buttons(within ?? Main).FirstOrDefault(b => IsNamed(b, name)) ?? throw new InvalidOperationException($"Nothing is named {name}. There are: {string.Join(" | ", Buttons(within ?? Main).Select(b => b.Said()))}");

    /// <summary>Presses what asks before it acts, and answers.</summary>
    public async Task PressAndAnswer(string name, string question, string answer)
    {
        var pressed = Press(name);
        await When(() => Assert.Contains(question, _shown.Find("[role=alertdialog]").Said(), StringComparison.Ordinal));
        await Press(answer, () => _shown.Find("[role=alertdialog]"));
        await pressed;
        Assert.Empty(_shown.FindAll("[role=alertdialog]"));
    }

    public ValueTask DisposeAsync() => _browser.DisposeAsync();

    static IEnumerable<IElement> Buttons(IElement within) => within.QuerySelectorAll("button, a[href]");

    static bool IsNamed(IElement button, string name) => button.Said() == name || button.GetAttribute("aria-label") == name;
}
