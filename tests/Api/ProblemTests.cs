using System.Net;
using Carillon.Servers;
using NSubstitute;

namespace Carillon.Api.Tests;

public sealed class ProblemTests(TestNode node) : IClassFixture<TestNode>
{
    [Theory]
    [InlineData("""{ "name": "a", "colour": "red" }""", "colour")]
    [InlineData("""{ }""", "name")]
    [InlineData("""{ "name": 5 }""", "name")]
    [InlineData("""{ "name": "a", "name": "b" }""", "name")]
    [InlineData("""{ "name": null }""", "name")]
    [InlineData("""{ "name": """, "body")]
    public async Task A_body_that_cannot_be_read_names_the_place(string body, string field) =>
        await (await node.Administrator()).PostText("/groups", body).Error(field);

    [Fact]
    public async Task A_wrong_value_deep_in_a_body_names_its_path()
    {
        var body = """{ "name": "x", "timeZone": "Europe/Moscow", "unanswered": { "hours": [ { "day": "Monday", "from": "9 o'clock", "to": "18:00" } ] } }""";
        var sentence = await (await node.Administrator()).PostText("/schedules", body).Error("unanswered.hours[0].from");
        Assert.Contains("09:30", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Enums_are_words_only()
    {
        var client = await node.Administrator();
        await client.PostText("/users", """{ "config": { "login": "a", "role": 2 } }""").Error("config.role");
        await client.PostText("/users", """{ "config": { "login": "a", "role": "King" } }""").Error("config.role");
    }

    [Theory]
    [InlineData("GET", "/api/v1/nothing", HttpStatusCode.NotFound)]
    [InlineData("PATCH", "/api/v1/groups", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "/api/v1/groups/none", HttpStatusCode.NotFound)]
    [InlineData("GET", "/api/v1/calls?limit=5000", HttpStatusCode.BadRequest)]
    [InlineData("GET", "/api/v1/calls?from=yesterday", HttpStatusCode.BadRequest)]
    [InlineData("GET", "/api/v1/calls?cursor=junk", HttpStatusCode.BadRequest)]
    [InlineData("GET", "/api/v1/calls?outcome=Nice", HttpStatusCode.BadRequest)]
    public async Task Every_refusal_is_problem_details(string method, string path, HttpStatusCode status)
    {
        using var answer = await (await node.Administrator()).SendAsync(new(new(method), path));
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task A_grain_that_does_not_answer_is_no_fault_of_the_request_and_may_be_asked_again()
    {
        var client = await node.Administrator();
        var server = (await client.Post("/servers", Floor.NewServer("silent")).Json(HttpStatusCode.Created)).Id();
        node.Grains.Get<IServerGrain>(server).ListEndpoints().Returns<ServerEndpoints>(_ => throw new TimeoutException("Response did not arrive on time."));
        using var answer = await client.Get($"/servers/{server}/endpoints");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(1)), (answer.StatusCode, answer.Headers.RetryAfter?.Delta));
        Assert.Contains("look before you try again", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_is_not_json_is_refused_as_such() =>
        await (await node.Administrator()).PostText("/groups", "name=a", "application/x-www-form-urlencoded").Expect(HttpStatusCode.UnsupportedMediaType);

    [Fact]
    public async Task A_body_over_the_limit_is_refused() =>
        await (await node.Administrator()).PostText("/groups", $$"""{ "name": "{{new string('a', 2 << 20)}}" }""").Expect(HttpStatusCode.RequestEntityTooLarge);
}
