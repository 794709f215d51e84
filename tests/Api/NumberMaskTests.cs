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
    public void Numbers_are_masked_wherever_they_stand(string text, string masked) => Assert.Equal(masked, NumberMask.Apply(text));

    [Theory]
    [InlineData("2026-11-23T12:00:00.1234567+03:00 2026-11-23 12:00:00+0300 20261123T120000+0300")]
    [InlineData("2026-11-23T12:00:00.1234567\\u002B03:00")]
    [InlineData("carillon-01kb3v8q6e0000000000000000 and pbx1-1763900000.1234567890")]
    [InlineData("S10.0.0.11:11111:123456789 at [::1]:30000, 192.168.100.200:5038")]
    [InlineData("Asterisk 22.10.0, version 0.1.0+1234567890abcdef, 1.5E+12345678, 10.4.2+20261123")]
    [InlineData("after +1234567 ticks, 3 + 12345678, 1+12345678")]
    public void All_else_stays_as_it_is(string text) => Assert.Equal(text, NumberMask.Apply(text));
}
