using Carillon.Silo;

namespace Carillon.Api.Tests;

/// <summary>What leaves the node in its log.</summary>
public class NumberMaskTests
{
    [Theory]
    [InlineData("subscriber/+74959898533", "subscriber/+7********33")]
    [InlineData("[subscriber/+74959898533@4e3f] of +74959898534", "[subscriber/+7********33@4e3f] of +7********34")]
    [InlineData("+12345678", "+1*****78")]
    [InlineData("+123456789012345", "+1************45")]
    [InlineData("""{"Message":"Grain \u0027\u002B74959898533\u0027\n\u002b74959898533"}""", """{"Message":"Grain \u0027\u002B7********33\u0027\n\u002b7********33"}""")]
    [InlineData("GET /api/v1/contacts/%2B74959898533 and %2b74959898533", "GET /api/v1/contacts/%2B7********33 and %2b7********33")]
    [InlineData("a line\n+74959898533", "a line\n+7********33")]
    [InlineData("DELETE http://127.0.0.1:8080/api/v1/do-not-call/74959898533 - 204 - - 12.3456ms", "DELETE http://127.0.0.1:8080/api/v1/do-not-call/7********33 - 204 - - 12.3456ms")]
    [InlineData("/api/v1/campaigns/12345678/do-not-call/8%20(495)%20989-85-33?limit=10", "/api/v1/campaigns/12345678/do-not-call/8********33?limit=10")]
    [InlineData("the request path '/api/v1/do-not-call/+7 (495) 989-85-33'", "the request path '/api/v1/do-not-call/+7********33'")]
    [InlineData("/contacts/%2B7%20%28495%29%20989.85.33 and /contacts/74959898533", "/contacts/%2B7********33 and /contacts/7********33")]
    [InlineData("/calls?campaign=12345678&number=74959898533&limit=20000000", "/calls?campaign=12345678&number=7********33&limit=20000000")]
    [InlineData("""{"Query":"?limit=5\u0026number=%2B74959898533"}""", """{"Query":"?limit=5\u0026number=%2B7********33"}""")]
    [InlineData("/sign-in?returnUrl=%2Fcalls%3Fnumber%3D74959898533", "/sign-in?returnUrl=%2Fcalls%3Fnumber%3D7********33")]
    public void Numbers_are_masked_wherever_they_stand(string text, string masked) => Assert.Equal(masked, NumberMask.Apply(text));

    [Theory]
    [InlineData("2026-11-23T12:00:00.1234567+03:00 2026-11-23 12:00:00+0300 20261123T120000+0300")]
    [InlineData("2026-11-23T12:00:00.1234567\\u002B03:00")]
    [InlineData("carillon-01kb3v8q6e0000000000000000 and pbx1-1763900000.1234567890")]
    [InlineData("S10.0.0.11:11111:123456789 at [::1]:30000, 192.168.100.200:5038")]
    [InlineData("Asterisk 22.10.0, version 0.1.0+1234567890abcdef, 1.5E+12345678, 10.4.2+20261123")]
    [InlineData("after +1234567 ticks, 3 + 12345678, 1+12345678")]
    [InlineData("GET /api/v1/leads/12345678901 and /campaigns/123456789012/leads?cursor=12345678901&number=495989")]
    [InlineData("/api/v1/calls/carillon-01kb3v8q6e0000000000000000?limit=100000000 and /do-not-call/import")]
    public void All_else_stays_as_it_is(string text) => Assert.Equal(text, NumberMask.Apply(text));
}
