using System.Text;
using Carillon.TestKit;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Carillon.Browser.Tests;

/// <summary>Lists that are dropped on the page, whose columns are chosen by hand, and that are stopped on their way.</summary>
[Collection(SiteCollection.Name)]
public sealed class ImportTests(Site site)
{
    const int LongLines = 200_000;

    [ChromiumFact]
    public async Task A_dropped_file_is_read_in_its_encoding_and_imported_by_the_columns_that_were_chosen()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var campaign = await new Work(site).Campaign("Dropped", 0);
        await using var visit = await Visit.Begin(site, language: "ru-RU", scheme: ColorScheme.Dark);
        var page = visit.Page;
        await visit.SignIn(at: $"/campaigns/{campaign}/numbers");
        await Expect(page.Locator("#list-file")).ToBeEnabledAsync();

        await Drop("dragover");
        await Expect(page.Locator("#drop")).ToHaveClassAsync("drop over");
        await Drop("drop");
        await Expect(page.Locator("#drop")).ToHaveClassAsync("drop");
        await Expect(page.Locator(".found")).ToContainTextAsync("Windows-1251");
        await Expect(page.Locator(".found")).ToContainTextAsync("табуляцию");
        await Expect(page.Locator(".preview tbody tr").First).ToContainTextAsync("Анна Щукина");
        await Expect(page.Locator(".preview th.number")).ToHaveTextAsync("телефон");

        await page.Locator(".filter select").First.SelectOptionAsync("3");
        await Expect(page.Locator(".preview th.number")).ToHaveTextAsync("мобильный");
        await page.Locator("#list-chanceColumn").SelectOptionAsync("4");
        await visit.Photograph("import-dropped-dark-ru");
        await page.GetByRole(AriaRole.Button, new() { Name = "Загрузить", Exact = true }).ClickAsync();
        await Expect(page.Locator(".report")).ToContainTextAsync("2 номера загружены");
        var leads = (await site.Api.Get($"campaigns/{campaign}/leads"))["items"]!.AsArray();
        Assert.Equal(["+12125558101", "+12125558102"], leads.Select(l => l!["number"]!.GetValue<string>()));
        Assert.Equal([0.25, 0.75], leads.Select(l => l!["chance"]!.GetValue<double>()));
        Assert.Equal("Анна Щукина", leads[0]!["data"]!["имя"]!.GetValue<string>());
        visit.HasNothingToHide();

        // As the browser does when somebody lets go of a file.
        Task Drop(string what) => page.EvaluateAsync("""
            ([what, bytes]) => {
              const files = new DataTransfer();
              files.items.add(new File([new Uint8Array(bytes)], 'list.txt', { type: 'text/plain' }));
              document.getElementById('drop').dispatchEvent(new DragEvent(what, { dataTransfer: files, bubbles: true, cancelable: true }));
            }
            """, new object[] { what, Encoding.GetEncoding(1251).GetBytes("имя\tтелефон\tмобильный\tшанс покупки\nАнна Щукина\t+12125558001\t+12125558101\t0.25\nБорис Ёлкин\t+12125558002\t+12125558102\t0.75\n").Select(b => (int)b).ToArray() });
    }

    [ChromiumFact]
    public async Task A_file_that_was_corrected_is_read_anew_under_the_same_name_and_what_is_no_file_is_none()
    {
        var campaign = await new Work(site).Campaign("Corrected", 0);
        await using var visit = await Visit.Begin(site);
        var page = visit.Page;
        await visit.SignIn(at: $"/campaigns/{campaign}/numbers");
        await Expect(page.Locator("#list-file")).ToBeEnabledAsync();
        var file = Path.Combine(Directory.CreateTempSubdirectory("carillon-list").FullName, "list.csv");
        try
        {
            await Choose("Wrong");
            await Choose("Right");
            await page.EvaluateAsync("document.getElementById('drop').dispatchEvent(new DragEvent('drop', { dataTransfer: new DataTransfer(), bubbles: true, cancelable: true }))");
            await page.GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true }).ClickAsync();
            await Expect(page.Locator(".report")).ToContainTextAsync("1 number was imported");
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        }
        visit.HasNothingToHide();

        async Task Choose(string name)
        {
            await File.WriteAllTextAsync(file, $"phone,name\n+12125558201,{name}\n");
            var chooser = await page.RunAndWaitForFileChooserAsync(() => page.Locator("#list-file").ClickAsync());
            await chooser.SetFilesAsync(file);
            await Expect(page.Locator(".preview td").Last).ToHaveTextAsync(name);
        }
    }

    [ChromiumFact]
    public async Task A_long_import_that_is_stopped_keeps_what_had_come_and_the_rest_can_follow()
    {
        var campaign = await new Work(site).Campaign("Stopped on its way", 0);
        await using var visit = await Visit.Begin(site);
        var page = visit.Page;
        await visit.SignIn(at: $"/campaigns/{campaign}/numbers");
        var text = new StringBuilder("phone\n");
        for (var i = 0; i < LongLines; i++) text.Append(System.Globalization.CultureInfo.InvariantCulture, $"+1212{5_600_000 + i}\n");
        var list = new FilePayload { Name = "long.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(text.ToString()) };
        await visit.ChooseList(list);
        await Expect(page.Locator(".preview th.number")).ToBeVisibleAsync();

        // Slowly enough that all of it cannot have come when some of it is there.
        var network = await page.Context.NewCDPSessionAsync(page);
        await network.SendAsync("Network.enable");
        await Throttle(50_000);
        await Press("Import");
        await Expect(page.GetByRole(AriaRole.Progressbar)).ToBeVisibleAsync();
        await Wait.Until(async () => await Imported() > 0);
        await Expect(page.Locator("#list-file")).ToBeDisabledAsync();
        await visit.Photograph("import-on-its-way");
        await Press("Stop the import");
        await Expect(page.Locator(".panel .problem", new() { HasText = "Stopped." })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Progressbar)).ToHaveCountAsync(0);
        await Expect(page.Locator("#list-file")).ToBeEnabledAsync();

        await Press("Import");
        await Leave("Back");
        await Expect(page.GetByRole(AriaRole.Progressbar)).ToBeVisibleAsync();
        await Leave("Leave");
        await Expect(page.Locator("#agentsMore")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Numbers" }).ClickAsync();
        await visit.ChooseList(list);
        await Press("Import");
        await Expect(page.GetByRole(AriaRole.Progressbar)).ToBeVisibleAsync();
        // As Blazor tells that the node has begun anew and knows nothing of the page: it goes unasked.
        var asked = 0;
        page.Dialog += async (_, dialog) =>
        {
            asked++;
            await dialog.AcceptAsync();
        };
        await page.EvaluateAsync("document.getElementById('components-reconnect-modal').classList.add('components-reconnect-rejected')");
        await Expect(page.GetByRole(AriaRole.Progressbar)).ToHaveCountAsync(0);
        await Expect(page.Locator("#list-file")).ToBeEnabledAsync();
        Assert.Equal(0, asked);
        await Throttle(-1);
        var came = await Imported();
        Assert.InRange(came, 1, LongLines - 1);
        await visit.ChooseList(list);

        await Press("Import");
        await Expect(page.Locator(".report")).ToContainTextAsync("imported");
        await Wait.Until(Imported, count => count == LongLines);
        visit.HasNothingToHide();

        Task Press(string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync();

        async Task Leave(string answer)
        {
            await page.GetByRole(AriaRole.Link, new() { Name = "Forecast" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Alertdialog)).ToContainTextAsync("An import is on its way.");
            await Press(answer);
            await Expect(page.GetByRole(AriaRole.Alertdialog)).ToHaveCountAsync(0);
        }
        Task Throttle(int upload) => network.SendAsync("Network.emulateNetworkConditions", new() { ["offline"] = false, ["latency"] = 0, ["downloadThroughput"] = -1, ["uploadThroughput"] = upload });
        async Task<long> Imported() => (await site.Api.Get($"campaigns/{campaign}/progress"))["leads"]!.AsObject().Sum(l => l.Value!.GetValue<long>());
    }
}
