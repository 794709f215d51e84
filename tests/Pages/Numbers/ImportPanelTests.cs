using System.Text;
using Bunit;
using Carillon.Api.Pages.Numbers;
using Carillon.Api.Tests;
using Carillon.TestKit;
using Microsoft.JSInterop;

namespace Carillon.Pages.Tests.Numbers;

/// <summary>The file itself is the browser's; what it tells of it and what the node answers is told here as <c>carillon.js</c> tells it.</summary>
public sealed class ImportPanelTests : PageTest<NumbersPage>
{
    async Task<(Screen Screen, IRenderedComponent<ImportPanel> Panel)> Panel(string preview, string language = "en")
    {
        var campaign = await (await Floor.Make(Admin)).Campaign(Admin);
        var screen = await Open($"/campaigns/{campaign}/numbers", language: language);
        var panel = await screen.Part<ImportPanel>();
        screen.Browser.Setup<IJSStreamReference>("carillon.previewFile", _ => true).SetResult(new Answer(preview));
        return (screen, panel);
    }

    /// <summary>What the API finds in a list, as it answers it.</summary>
    async Task<string> Found(string list)
    {
        using var answer = await Admin.PostText("/lists/preview?country=RU", list, "text/csv");
        return await answer.Content.ReadAsStringAsync();
    }

    [Fact]
    public async Task Before_a_list_is_sent_it_shows_what_was_found_in_it_and_which_column_has_the_numbers()
    {
        var (screen, panel) = await Panel(await Found("name;phone\nAnna;84959898533\nBoris;88003337533\n"));
        await panel.InvokeAsync(() => panel.Instance.Chosen("list.csv"));

        await screen.Sees("list.csv: UTF-8, columns by ;.");
        Assert.Equal("phone", screen.Find(".preview th.number").Said());
        await screen.Sees("Anna 84959898533");
    }

    [Fact]
    public async Task What_cannot_be_read_is_told_in_the_viewers_language_and_not_sent()
    {
        var (screen, panel) = await Panel("""{"detail":"The list is empty."}""", "ru");
        await panel.InvokeAsync(() => panel.Instance.Chosen("list.csv"));
        await screen.When(() => Assert.NotEmpty(screen.Find(".problem[role=alert]").Said()));
        Assert.False(screen.Offers("Загрузить"));
    }

    [Fact]
    public async Task On_its_way_a_list_shows_how_far_it_is_and_no_other_is_taken_then_what_was_refused_and_why()
    {
        var (screen, panel) = await Panel(await Found("phone\n84959898533\n"));
        await panel.InvokeAsync(() => panel.Instance.Chosen("list.csv"));
        await screen.Press("Import");
        await panel.InvokeAsync(() => panel.Instance.Progress(0.5, """{"progress":{"bytesRead":20000,"lines":1000,"imported":990,"duplicates":4,"invalid":6}}"""));

        await screen.Sees("1,000 lines read, 990 numbers imported…");
        Assert.Equal("50", screen.Find("[role=progressbar]").GetAttribute("aria-valuenow"));
        Assert.True(screen.Find("#list-file").HasAttribute("disabled"));

        await panel.InvokeAsync(() => panel.Instance.Ended(200, """{"report":{"lines":2000,"imported":1990,"duplicates":4,"invalid":6,"invalidLines":[{"line":7,"text":"abc","reason":"There is no number."}],"duplicateLines":[]}}"""));

        await screen.Sees("1,990 numbers were imported · 4 were there already · 6 lines were refused");
        await screen.Sees("Line 7: There is no number. abc");
        Assert.False(screen.Find("#list-file").HasAttribute("disabled"));
        await screen.Press("Refused lines as a file");
        var file = Assert.Single(screen.Browser.Invocations["carillon.download"]).Arguments;
        Assert.Contains("7;abc;There is no number.", (string)file[1]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_broke_off_or_was_stopped_says_that_what_came_stays()
    {
        var (screen, panel) = await Panel(await Found("phone\n84959898533\n"));
        await panel.InvokeAsync(() => panel.Instance.Chosen("list.csv"));
        await screen.Press("Import");
        await panel.InvokeAsync(() => panel.Instance.Ended(0, null));
        await screen.Sees("The import broke off. What was imported until then stays.");

        await panel.InvokeAsync(() => panel.Instance.Chosen("list.csv"));
        await screen.Press("Import");
        await screen.Press("Stop the import");
        await screen.Sees("Stopped. What was imported until then stays.");
        Assert.Single(screen.Browser.Invocations["carillon.stopFile"]);
    }

    [Theory]
    [InlineData("en", "Import", "If you leave, it stops", "Back", "Leave")]
    [InlineData("ru", "Загрузить", "Если уйти, она прервётся", "Назад", "Уйти")]
    public async Task Who_leaves_while_a_list_is_on_its_way_is_asked_first_and_ends_it(string language, string send, string question, string back, string leave)
    {
        var (screen, panel) = await Panel(await Found("phone\n84959898533\n"), language);
        await panel.InvokeAsync(() => panel.Instance.Chosen("list.csv"));
        await screen.Press(send);

        await Leave(back);
        Assert.EndsWith("/numbers", screen.Path, StringComparison.Ordinal);
        Assert.NotEmpty(screen.All("[role=progressbar]"));
        Assert.Empty(screen.Browser.Invocations["carillon.stopFile"]);

        await Leave(leave);
        await Wait.Until(() => Task.FromResult(screen.Browser.Invocations["carillon.stopFile"].Count > 0 && screen.Path == "/audit"));

        async Task Leave(string answer)
        {
            await panel.InvokeAsync(() => screen.GoTo("/audit"));
            await screen.When(() => Assert.Contains(question, screen.Find("[role=alertdialog]").Said(), StringComparison.Ordinal));
            await screen.Press(answer, () => screen.Find("[role=alertdialog]"));
            await screen.When(() => Assert.Empty(screen.All("[role=alertdialog]")));
        }
    }

    sealed class Answer(string text) : IJSStreamReference
    {
        public long Length => text.Length;

        public ValueTask<Stream> OpenReadStreamAsync(long maxAllowedSize = 512000, CancellationToken cancellationToken = default) => new(new MemoryStream(Encoding.UTF8.GetBytes(text)));

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
