using System.Net;

namespace Carillon.Api.Tests;

public sealed class RetriesTests(TestNode node) : IClassFixture<TestNode>
{
    static object Campaign(Floor floor, string name, object retries) =>
        new { name, schedule = floor.Schedule, queue = floor.Queue, trunks = new[] { floor.Trunk }, retries };

    [Fact]
    public async Task Rules_of_outcomes_are_kept_as_they_were_sent()
    {
        var client = await node.Administrator();
        var busy = new { attempts = 5, interval = "00:05:00", growth = 2.5, longestInterval = "01:00:00", otherNumber = true, final = "Completed" };

        var made = await client.Post("/campaigns", Campaign(await Floor.Make(client), "retries", new { outcomes = new { Busy = busy } })).Json(HttpStatusCode.Created);

        var read = (await client.Get($"/campaigns/{made.Id()}").Json())["config"]!["retries"]!;
        Assert.Equal("""{"attempts":5,"interval":"00:05:00","growth":2.5,"longestInterval":"01:00:00","otherNumber":true,"final":"Completed"}""", read["outcomes"]!["Busy"]!.ToJsonString());
        Assert.Null(read["unanswered"]);
    }

    [Fact]
    public async Task Every_wrong_field_of_a_rule_is_named()
    {
        var client = await node.Administrator();
        var retries = new
        {
            unanswered = new { attempts = 0, interval = "00:05:00" },
            outcomes = new
            {
                Busy = new { attempts = 1, interval = "-00:05:00", growth = 0.5, final = "New" },
                NoAnswer = new { attempts = 1, interval = "02:00:00", longestInterval = "01:00:00" },
            },
        };

        var refused = await client.Post("/campaigns", Campaign(await Floor.Make(client), "wrong", retries)).RefusedFields();

        Assert.Equal(
            ["retries.outcomes.Busy.final", "retries.outcomes.Busy.growth", "retries.outcomes.Busy.interval", "retries.outcomes.NoAnswer.longestInterval", "retries.unanswered.attempts"],
            refused);
    }

    [Fact]
    public async Task A_lead_may_have_several_numbers_of_which_each_must_be_one()
    {
        var client = await node.Administrator();
        var campaign = await (await Floor.Make(client)).Campaign(client);

        var lead = await client.Post($"/campaigns/{campaign}/leads", new { number = "84959898533", otherNumbers = new[] { "8 916 123-45-67", "+74959898533" } }).Json(HttpStatusCode.Created);

        Assert.Equal(["+79161234567"], lead["otherNumbers"]!.AsArray().Select(n => n!.GetValue<string>()));
        Assert.Equal("+74959898533", lead["nextNumber"]!.GetValue<string>());
        await client.Post($"/campaigns/{campaign}/leads", new { number = "84959898534", otherNumbers = new[] { "12" } }).Error("otherNumbers[0]");
        await client.Post($"/campaigns/{campaign}/leads", new { number = "84959898534", otherNumbers = Enumerable.Range(0, 10).Select(i => $"+7916123450{i}") }).Error("otherNumbers");
    }

    [Fact]
    public async Task An_import_takes_further_numbers_from_the_columns_that_it_is_told()
    {
        var client = await node.Administrator();
        var campaign = await (await Floor.Make(client)).Campaign(client);

        await client.PostText($"/campaigns/{campaign}/leads/import?otherNumberColumn=2&otherNumberColumn=3", "84959898533;89161234567;89161234568\n", "text/csv").Expect(HttpStatusCode.OK);

        var lead = (await client.Get($"/campaigns/{campaign}/leads").Json())["items"]![0]!;
        Assert.Equal(["+79161234567", "+79161234568"], lead["otherNumbers"]!.AsArray().Select(n => n!.GetValue<string>()));
        await client.PostText($"/campaigns/{campaign}/leads/import?otherNumberColumn=0", "84959898533\n", "text/csv").Error("otherNumberColumn");
    }
}
