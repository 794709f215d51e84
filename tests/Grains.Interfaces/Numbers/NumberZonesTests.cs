using Carillon.Schedules;

namespace Carillon.Numbers;

public class NumberZonesTests
{
    static string Of(string number) => string.Join(' ', NumberZones.Of(new(number)));

    [Theory]
    [InlineData("+74959898533", "Europe/Moscow")]
    [InlineData("+78124567890", "Europe/Moscow")]
    [InlineData("+74012123456", "Europe/Kaliningrad")]
    [InlineData("+73432123456", "Asia/Yekaterinburg")]
    [InlineData("+73832123456", "Asia/Novosibirsk")]
    [InlineData("+74232123456", "Asia/Vladivostok")]
    [InlineData("+74152123456", "Asia/Kamchatka")]
    [InlineData("+12125550100", "America/New_York")]
    [InlineData("+13125550100", "America/Chicago")]
    [InlineData("+16025550100", "America/Phoenix")]
    [InlineData("+14155550100", "America/Los_Angeles")]
    [InlineData("+18085550100", "Pacific/Honolulu")]
    [InlineData("+16045550100", "America/Vancouver")]
    [InlineData("+375291234567", "Europe/Minsk")]
    [InlineData("+4930123456", "Europe/Berlin")]
    [InlineData("+34928123456", "Atlantic/Canary")]
    [InlineData("+34911234567", "Europe/Madrid")]
    [InlineData("+5511912345678", "America/Sao_Paulo")]
    public void An_area_of_one_zone_is_certain(string number, string zone) => Assert.Equal(zone, Of(number));

    [Fact]
    public void A_Russian_mobile_number_may_be_in_any_of_eleven_zones()
    {
        var zones = NumberZones.Of(new("+79161234567"));
        var winter = new DateTimeOffset(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);

        Assert.Equal(Enumerable.Range(2, 11), zones.Select(z => (int)ScheduleRules.FindZone(z)!.GetUtcOffset(winter).TotalHours));
    }

    [Theory]
    [InlineData("+78001234567", "+79161234567")]
    [InlineData("+18005550100", "+15005550100")]
    public void A_toll_free_number_is_of_no_area(string number, string like) => Assert.Equal(Of(like), Of(number));

    [Fact]
    public void Kazakhstan_shares_the_calling_code_and_not_the_zones() => Assert.Equal("Asia/Almaty Asia/Oral", Of("+77011234567"));

    [Theory]
    [InlineData("+18505550100", "America/New_York America/Chicago")]
    [InlineData("+74112123456", "Asia/Yakutsk Asia/Vladivostok Asia/Srednekolymsk")]
    public void An_area_on_a_border_has_every_zone_of_it(string number, string zones) => Assert.Equal(zones, Of(number));

    [Fact]
    public void Of_other_countries_nothing_is_known() => Assert.Empty(Of("+2991234567"));

    [Fact]
    public void Every_zone_exists_and_no_prefix_is_listed_twice()
    {
        Assert.All(NumberZones.All.SelectMany(p => p.Value).Distinct(), zone => Assert.True(ScheduleRules.FindZone(zone) is not null, zone));
        Assert.Empty(NumberZones.All.GroupBy(p => p.Key).Where(g => g.Count() > 1).Select(g => g.Key));
    }

    [Fact]
    public void Every_country_whose_numbering_plan_is_known_has_its_zones()
    {
        foreach (var country in Countries.All)
            Assert.True(NumberZones.Of(new($"+{country.CallingCode}{new string('3', country.Shortest)}")).Length > 0, country.Code);
    }

    [Theory]
    [InlineData("Asia/Omsk", 6)]
    [InlineData(" UTC+6 ", 6)]
    [InlineData("+06:00", 6)]
    [InlineData("gmt-3", -3)]
    [InlineData("МСК+3", 6)]
    [InlineData("мск", 3)]
    [InlineData("MSK-1", 2)]
    public void A_list_names_zones_in_many_ways(string text, int hours) =>
        Assert.Equal(hours, Zones.Find(text)!.GetUtcOffset(new DateTimeOffset(2026, 1, 15, 0, 0, 0, TimeSpan.Zero)).TotalHours);

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("6")]
    [InlineData("Omsk region")]
    [InlineData("UTC+15")]
    [InlineData("UTC+5:75")]
    public void What_is_no_zone_is_none(string? text) => Assert.Null(Zones.Find(text));

    [Fact]
    public void A_zone_is_found_again_by_its_own_name() => Assert.Equal(TimeSpan.FromMinutes(-210), Zones.Find(Zones.Find("-03:30")!.Id)!.BaseUtcOffset);
}
