using Bunit;
using Carillon.Api.Tests;
using Carillon.Campaigns;
using Carillon.Storage;
using Carillon.TestKit;
using Carillon.Users;
using Microsoft.AspNetCore.Components;
using NSubstitute;

namespace Carillon.Pages.Tests;

/// <summary>Tests of one page, each over a node of its own: a real store and the API's own desks; fakes where grains begin.</summary>
public abstract class PageTest<TPage> : IAsyncLifetime, ITests<TPage> where TPage : IComponent
{
    readonly List<Screen> _screens = [];

    static PageTest() => BunitContext.DefaultWaitTimeout = Wait.Patience;

    internal TestNode Node { get; } = new();

    /// <summary>The API, for what a test needs before its page.</summary>
    internal HttpClient Admin { get; private set; } = null!;

    public virtual async Task InitializeAsync()
    {
        await Node.InitializeAsync();
        Admin = await Node.Administrator();
    }

    public async Task DisposeAsync()
    {
        foreach (var screen in _screens) await screen.DisposeAsync();
        await Node.DisposeAsync();
    }

    /// <summary>Somebody with this role opens the page; anything else at that address fails.</summary>
    internal async Task<Screen> Open(string path, Role role = Role.Administrator, string[]? groups = null, string? agent = null, string language = "en")
    {
        var user = await Node.Service<UserStore>().GetAsync(await Node.NewUser(role, groups, agent));
        var screen = new Screen(Node, user!, path, language);
        _screens.Add(screen);
        await screen.Part<TPage>();
        return screen;
    }

    /// <summary>What a campaign's grain says of it from now on.</summary>
    internal ICampaignGrain Says(string campaign, Func<CampaignProgress, CampaignProgress> with)
    {
        var grain = Node.Grains.Get<ICampaignGrain>(campaign);
        grain.GetProgress().Returns(with(new() { Campaign = new(campaign), Status = CampaignStatus.Running, At = Node.Time.GetUtcNow() }));
        return grain;
    }

    internal async Task<string> Make(string kind, object config) => (await Admin.Post("/" + kind, config).Json(System.Net.HttpStatusCode.Created)).Id();
}

/// <summary>Marks tests of a page; without any <see cref="EveryPageTests"/> fails.</summary>
public interface ITests<TPage> where TPage : IComponent;
