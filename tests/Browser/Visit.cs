using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Carillon.Browser.Tests;

/// <summary>One person's browser window. Whatever the console complained of and wherever it asked is kept, and must be clean at the end.</summary>
sealed class Visit : IAsyncDisposable
{
    public const float Patience = 60_000;

    readonly IBrowserContext _context;
    readonly List<string> _complaints = [], _elsewhere = [];

    Visit(IBrowserContext context, IPage page) => (_context, Page) = (context, page);

    public IPage Page { get; }

    /// <summary>Complaints that belong to the test: a node that is down on purpose.</summary>
    public bool MayComplain { get; set; }

    public static async Task<Visit> Begin(Site site, string language = "en-GB", ColorScheme scheme = ColorScheme.Light, int width = 1280, int height = 720)
    {
        var context = await site.Browser.NewContextAsync(new()
        {
            BaseURL = site.Address.ToString(),
            Locale = language,
            TimezoneId = "Europe/Moscow",
            ColorScheme = scheme,
            ViewportSize = new() { Width = width, Height = height },
        });
        context.SetDefaultTimeout(Patience);
        var page = await context.NewPageAsync();
        var visit = new Visit(context, page);
        page.Console += (_, message) => { if (message.Type == "error") visit._complaints.Add($"{message.Text} ({message.Location})"); };
        page.PageError += (_, error) => visit._complaints.Add(error);
        page.Request += (_, request) => { if (!request.Url.StartsWith(site.Address.ToString(), StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal) && !request.Url.StartsWith("blob:", StringComparison.Ordinal)) visit._elsewhere.Add(request.Url); };
        return visit;
    }

    public async Task SignIn(string login = "admin", string password = Site.Password, string at = "/")
    {
        await Page.GotoAsync(at);
        await Page.Locator("#login").FillAsync(login);
        await Page.Locator("#password").FillAsync(password);
        await Page.Locator("button[type=submit]").ClickAsync();
    }

    /// <summary>As soon as the page takes one.</summary>
    public async Task ChooseList(FilePayload file)
    {
        var input = Page.Locator("#list-file");
        await Expect(input).ToBeEnabledAsync();
        await input.SetInputFilesAsync(file);
    }

    public async Task Photograph(string name)
    {
        await Page.EvaluateAsync("document.fonts.ready");
        await Page.ScreenshotAsync(new() { Path = Path.Combine(Photographs, name + ".png") });
    }

    static string Photographs { get; } = Environment.GetEnvironmentVariable("CARILLON_SCREENSHOTS") ?? Path.Combine(AppContext.BaseDirectory, "screenshots");

    /// <summary>What <see cref="DisposeAsync"/> would find, said where a test can still fail by name.</summary>
    public void HasNothingToHide()
    {
        Assert.Empty(_elsewhere);
        if (!MayComplain) Assert.Empty(_complaints);
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
