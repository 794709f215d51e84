using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Xml.Linq;
using Carillon.Api.Exports;
using Carillon.Calls;
using Carillon.Users;

namespace Carillon.Api.Tests;

public sealed class WorkbookTests(TestNode node) : IClassFixture<TestNode>
{
    static Task<HttpResponseMessage> Send(HttpClient client, string path, byte[] workbook) =>
        client.PostAsync("/api/v1" + path, new ByteArrayContent(workbook) { Headers = { ContentType = new MediaTypeHeaderValue(XlsxTable.ContentType) } });

    static XDocument Part(byte[] workbook, string name)
    {
        using var archive = new ZipArchive(new MemoryStream(workbook));
        using var part = archive.GetEntry(name)!.Open();
        return XDocument.Load(part);
    }

    static IEnumerable<XElement> All(XDocument part, string name) => part.Descendants().Where(e => e.Name.LocalName == name);

    static async Task<byte[]> Write(Table table, int rowsOfSheet)
    {
        var body = new MemoryStream();
        await XlsxTable.Write(body, table, TimeZoneInfo.Utc, default, rowsOfSheet);
        return body.ToArray();
    }

    [Fact]
    public async Task Exported_calls_are_a_workbook_that_an_import_reads_again()
    {
        var client = await node.Administrator();
        var floor = await Floor.Make(client);
        var campaign = await floor.Campaign(client);
        var call = await CallRecords.Ended(node, campaign, Outcome.Failed, "PJSIP/721", "=HYPERLINK(\"http://evil.example\")");
        await CallRecords.Ended(node, campaign, Outcome.HumanAnswered, "PJSIP/722");

        using var answer = await client.Get($"/calls.xlsx?campaign={campaign}&timeZone=UTC%2B3");
        Assert.Equal(XlsxTable.ContentType, answer.Content.Headers.ContentType!.MediaType);
        var workbook = await answer.Content.ReadAsByteArrayAsync();
        Assert.Empty(All(Part(workbook, "xl/worksheets/sheet1.xml"), "f"));

        var preview = await Send(client, "/lists/preview", workbook).Json();
        Assert.Equal(("XLSX", "calls", "number"), (preview["encoding"]!.GetValue<string>(), preview["sheet"]!.GetValue<string>(), preview["columns"]![preview["numberColumn"]!.GetValue<int>()]!.GetValue<string>()));
        var line = Assert.Single(preview["firstLines"]!.AsArray(), l => l![0]!.GetValue<string>() == call.Intent.Id.Value)!.AsArray().Select(f => f!.GetValue<string>()).ToList();
        Assert.Equal([call.Intent.Number.Value, "1", call.Intent.At.AddHours(3).ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture)], line[2..5]);
        Assert.Contains("=HYPERLINK(\"http://evil.example\")", line);

        var other = await floor.Campaign(client);
        var report = await Send(client, $"/campaigns/{other}/leads/import", workbook).Json();
        Assert.Equal((2, 0), (report["imported"]!.GetValue<int>(), report["invalid"]!.GetValue<int>()));
        Assert.Equal(2, (await client.Get($"/campaigns/{other}/leads").Json())["items"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_supervisor_is_given_calls_of_their_campaigns_only()
    {
        var client = await node.Administrator();
        var (mine, theirs) = (await Floor.Make(client, "mine"), await Floor.Make(client, "theirs"));
        var my = await CallRecords.Ended(node, await mine.Campaign(client), Outcome.Busy, "PJSIP/731");
        await CallRecords.Ended(node, await theirs.Campaign(client), Outcome.Busy, "PJSIP/731");
        using var answer = await (await node.As(Role.Supervisor, [mine.Group!])).Get("/calls.xlsx");
        var sheet = Part(await answer.Content.ReadAsByteArrayAsync(), "xl/worksheets/sheet1.xml");
        Assert.Equal(["id", my.Intent.Id.Value], All(sheet, "row").Select(r => r.Elements().First().Value));
        await client.Get("/calls.xlsx?timeZone=Nowhere").Error("timeZone");
    }

    [Fact]
    public async Task What_does_not_fit_on_a_sheet_goes_on_on_the_next_one()
    {
        var rows = Enumerable.Range(1, 5).Select(i => new object?[] { i }).ToAsyncEnumerable();
        var workbook = await Write(new("n", ["number"], rows), rowsOfSheet: 3);
        Assert.Equal(["n", "n 2", "n 3"], All(Part(workbook, "xl/workbook.xml"), "sheet").Select(s => s.Attribute("name")!.Value));
        Assert.Equal([["number", "1", "2"], ["number", "3", "4"], ["number", "5"]],
            Enumerable.Range(1, 3).Select(n => All(Part(workbook, $"xl/worksheets/sheet{n}.xml"), "row").Select(r => r.Value)));
    }

    [Fact]
    public async Task Every_value_arrives_as_what_it_is_and_no_text_breaks_the_sheet()
    {
        object?[] values = ["a<b>&\"c\"\u0001\ud800", null, true, 12.5, 74959898533, new DateTimeOffset(2026, 1, 2, 12, 0, 0, TimeSpan.Zero), "😀"];
        var workbook = await Write(new("n", ["a"], new[] { values }.ToAsyncEnumerable()), 10);
        var cells = All(Part(workbook, "xl/worksheets/sheet1.xml"), "row").Last().Elements().ToList();
        Assert.Equal(["a<b>&\"c\"\uFFFD\uFFFD", "", "1", "12.5", "74959898533", "46024.5", "😀"], cells.Select(c => c.Value));
        Assert.Equal(["inlineStr", null, "b", null, null, null, "inlineStr"], cells.Select(c => c.Attribute("t")?.Value));
    }

    [Fact]
    public async Task A_text_too_long_for_a_cell_is_cut_before_what_does_not_fit_whole()
    {
        var workbook = await Write(new("n", ["a"], new[] { new object?[] { new string('x', 32_766) + "😀" } }.ToAsyncEnumerable()), 10);
        Assert.Equal(new string('x', 32_766) + "\uFFFD", All(Part(workbook, "xl/worksheets/sheet1.xml"), "row").Last().Value);
    }

    [Fact]
    public async Task An_empty_table_is_a_workbook_all_the_same()
    {
        var workbook = await Write(new("n", ["a", "b"], AsyncEnumerable.Empty<object?[]>()), 10);
        Assert.Equal(["ab"], All(Part(workbook, "xl/worksheets/sheet1.xml"), "row").Select(r => r.Value));
    }

    [Fact]
    public async Task A_damaged_workbook_imports_nothing_and_says_why()
    {
        var client = await node.Administrator();
        var campaign = await (await Floor.Make(client)).Campaign(client);
        var report = await Send(client, $"/campaigns/{campaign}/leads/import", "PK\u0003\u0004 and so on"u8.ToArray()).Json();
        Assert.Contains("damaged", report["invalidLines"]![0]!["reason"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("damaged", (await Send(client, "/lists/preview", "PK\u0003\u0004 and so on"u8.ToArray()).Json())["problem"]!.GetValue<string>(), StringComparison.Ordinal);
        await client.PostText("/lists/preview", "1", "application/zip").Expect(HttpStatusCode.UnsupportedMediaType);
        await client.PostText("/lists/preview?country=XX", "1", "text/csv").Error("country");
    }
}
