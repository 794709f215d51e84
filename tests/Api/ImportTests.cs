using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Carillon.Campaigns;
using Carillon.Storage;
using NSubstitute;

namespace Carillon.Api.Tests;

public sealed class ImportTests(TestNode node) : IClassFixture<TestNode>
{
    const string List = "телефон;имя\r\n84959898533;Иван\r\n+74959898533;он же\r\nне номер;Пётр\r\n8 (800) 333-75-33;Анна\r\n";

    async Task<(HttpClient Client, string Campaign)> Campaign()
    {
        var client = await node.Administrator();
        return (client, await (await Floor.Make(client)).Campaign(client));
    }

    static (int Imported, int Duplicates, int Invalid) Counts(JsonNode report) =>
        (report["imported"]!.GetValue<int>(), report["duplicates"]!.GetValue<int>(), report["invalid"]!.GetValue<int>());

    static void AssertReport(JsonNode report)
    {
        Assert.Equal((2, 1, 1), Counts(report));
        Assert.Equal("[3]", report["duplicateLines"]!.ToJsonString());
        Assert.Equal([4], report["invalidLines"]!.AsArray().Select(l => l!["line"]!.GetValue<int>()));
        Assert.All(report["invalidLines"]!.AsArray(), l => Assert.NotEqual("", l!["reason"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Good_lines_are_imported_and_the_others_reported_by_line()
    {
        var (client, campaign) = await Campaign();
        AssertReport(await client.PostText($"/campaigns/{campaign}/leads/import", List, "text/csv").Json());
        await node.Grains.Get<ICampaignGrain>(campaign).Received().LeadsChanged();
        var leads = (await client.Get($"/campaigns/{campaign}/leads").Json())["items"]!.AsArray();
        Assert.Equal(["+74959898533", "+78003337533"], leads.Select(l => l!["number"]!.GetValue<string>()));
        Assert.Equal("Анна", leads[1]!["data"]!["имя"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_report_that_cannot_tell_all_refused_lines_says_how_many_more_there_are()
    {
        var (client, campaign) = await Campaign();
        var bad = string.Concat(Enumerable.Range(0, 1003).Select(i => $"nonsense {i}\n"));
        foreach (var address in new[] { $"/campaigns/{campaign}/leads/import", $"/campaigns/{campaign}/do-not-call/import" })
        {
            var report = await client.PostText(address + "?header=false", bad + "+74959898533\n", "text/csv").Json();
            Assert.Equal(1003, report["invalid"]!.GetValue<int>());
            Assert.Equal(1000, report["invalidLines"]!.AsArray().Count);
            Assert.Equal(3, report["invalidLinesLeftOut"]!.GetValue<int>());
        }
    }

    [Fact]
    public async Task A_list_says_when_its_leads_are_called_by_the_schedules_clocks_unless_a_zone_is_named()
    {
        var (client, campaign) = await Campaign();
        // The schedule's clocks are Moscow's.
        var day = DateTime.SpecifyKind(DateTimeOffset.UtcNow.Date.AddDays(3).AddHours(15), DateTimeKind.Unspecified);
        var text = day.ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture);
        var address = $"/campaigns/{campaign}/leads/import?dialAtColumn=2&chanceColumn=3";

        var report = await client.PostText(address, $"84959898533;{text};40 %\n84959898534;soon;\n", "text/csv").Json();
        await client.PostText(address + "&timeZone=Asia/Omsk", $"84959898535;{text};\n", "text/csv").Expect(HttpStatusCode.OK);
        await client.PostText(address + "&timeZone=Nowhere", $"84959898536;{text};\n", "text/csv").Error("timeZone");
        await client.PostText($"/campaigns/{campaign}/leads/import?chanceColumn=0", "84959898536;0.5\n", "text/csv").Error("chanceColumn");

        Assert.Equal((1, 0, 1), Counts(report));
        Assert.Contains("\"soon\" in column 2", report["invalidLines"]![0]!["reason"]!.GetValue<string>(), StringComparison.Ordinal);
        var leads = (await client.Get($"/campaigns/{campaign}/leads").Json())["items"]!.AsArray();
        Assert.Equal([day.AddHours(-3), day.AddHours(-6)], leads.Select(l => l!["nextAt"]!.GetValue<DateTimeOffset>().UtcDateTime));
        Assert.Equal([0.4, null], leads.Select(l => l!["chance"]?.GetValue<double>()));
    }

    [Fact]
    public async Task Numbers_that_the_campaign_has_already_are_duplicates()
    {
        var (client, campaign) = await Campaign();
        await client.PostText($"/campaigns/{campaign}/leads/import", "84959898533\n", "text/plain").Expect(HttpStatusCode.OK);
        var report = await client.PostText($"/campaigns/{campaign}/leads/import", "84959898534\n84959898533\n", "text/plain").Json();
        Assert.Equal((1, 1, 0), Counts(report));
        Assert.Equal("[2]", report["duplicateLines"]!.ToJsonString());
    }

    [Fact]
    public async Task A_file_of_a_form_is_taken_in_any_encoding_it_has()
    {
        var (client, campaign) = await Campaign();
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        using var form = new MultipartFormDataContent();
        using var file = new ByteArrayContent(Encoding.GetEncoding(1251).GetBytes(List));
        form.Add(file, "list", "numbers.csv");
        AssertReport(await client.PostAsync($"/api/v1/campaigns/{campaign}/leads/import", form).Json());
    }

    [Fact]
    public async Task Progress_comes_line_by_line_and_the_report_last()
    {
        var (client, campaign) = await Campaign();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/campaigns/{campaign}/leads/import") { Content = new StringContent(List, new MediaTypeHeaderValue("text/csv")) };
        request.Headers.Accept.Add(new("application/x-ndjson"));
        using var answer = await client.SendAsync(request);
        Assert.Equal("application/x-ndjson", answer.Content.Headers.ContentType!.MediaType);
        var lines = (await answer.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!).ToList();
        AssertReport(lines[^1]["report"]!);
        var read = lines[..^1].Select(l => l["progress"]!["lines"]!.GetValue<long>()).ToList();
        Assert.NotEmpty(read);
        Assert.Equal(read.Order(), read);
    }

    [Fact]
    public async Task An_import_is_carried_out_once_for_its_key_though_its_body_is_streamed()
    {
        var (client, campaign) = await Campaign();
        async Task<HttpResponseMessage> Import(string text)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/campaigns/{campaign}/leads/import") { Content = new StringContent(text, new MediaTypeHeaderValue("text/plain")) };
            request.Headers.Add("Idempotency-Key", "import-1");
            return await client.SendAsync(request);
        }
        Assert.Equal(1, (await Import("84959898533").Json())["imported"]!.GetValue<int>());
        Assert.Equal(1, (await Import("84959898533").Json())["imported"]!.GetValue<int>());
        await Import("88003337533").Expect(HttpStatusCode.UnprocessableEntity);
        Assert.Equal(1, await node.Service<LeadStore>().LeadsLeftAsync(new(campaign)));
    }

    [Fact]
    public async Task A_list_over_the_limit_of_other_bodies_streams_in()
    {
        var (client, campaign) = await Campaign();
        var text = new StringBuilder();
        for (var i = 0; i < 100_000; i++) text.Append("+7495").Append((1_000_000 + i).ToString(System.Globalization.CultureInfo.InvariantCulture)).Append('\n');
        Assert.True(text.Length > 1 << 20);
        var report = await client.PostText($"/campaigns/{campaign}/leads/import", text.ToString(), "text/plain").Json();
        Assert.Equal(100_000, report["imported"]!.GetValue<int>());
    }

    [Fact]
    public async Task What_is_no_list_is_refused_in_words()
    {
        var (client, campaign) = await Campaign();
        await client.PostText($"/campaigns/{campaign}/leads/import", "{}").Expect(HttpStatusCode.UnsupportedMediaType);
        await client.PostText($"/campaigns/{campaign}/leads/import?delimiter=pipe", "1", "text/csv").Error("delimiter");
        await client.PostText("/campaigns/none/leads/import", "1", "text/csv").Expect(HttpStatusCode.NotFound);
        using var form = new MultipartFormDataContent { { new StringContent("x"), "field" } };
        await client.PostAsync($"/api/v1/campaigns/{campaign}/leads/import", form).Error("body");
    }
}
