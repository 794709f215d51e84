using FsCheck;
using FsCheck.Fluent;

namespace Carillon.Numbers;

public class NumberingPlanTests
{
    static string Read(string raw, string country) => NumberingPlan.TryNormalize(raw, country, out var number, out var problem) ? number.Value : problem;

    [Theory]
    // The examples of VoxLink's manual.
    [InlineData("84959898533", "RU", "+74959898533")]
    [InlineData("88003337533", "RU", "+78003337533")]
    [InlineData("9161234567", "RU", "+79161234567")]
    [InlineData("79161234567", "RU", "+79161234567")]
    [InlineData("8129898533", "RU", "+78129898533")]
    [InlineData("+7 (916) 123-45-67", "RU", "+79161234567")]
    [InlineData("8 (495) 989‑85‑33", "RU", "+74959898533")]
    [InlineData("tel:+7-495-989-85-33", "RU", "+74959898533")]
    [InlineData("８４９５９８９８５３３", "RU", "+74959898533")]
    [InlineData("8~10 49 30 123456", "RU", "+4930123456")]
    [InlineData("810493012345678", "RU", "+493012345678")]
    [InlineData("0049 30 123456", "RU", "+4930123456")]
    [InlineData("87011234567", "KZ", "+77011234567")]
    [InlineData("030 123456", "DE", "+4930123456")]
    [InlineData("+49 (0)30/123456", "RU", "+4930123456")]
    [InlineData("0171-1234567", "DE", "+491711234567")]
    [InlineData("020 7946 0958", "GB", "+442079460958")]
    [InlineData("+44 (0)20 7946 0958", "US", "+442079460958")]
    [InlineData("050 123 45 67", "UA", "+380501234567")]
    [InlineData("380501234567", "UA", "+380501234567")]
    [InlineData("(212) 555-0123", "US", "+12125550123")]
    [InlineData("1 212 555 0123", "CA", "+12125550123")]
    [InlineData("011 44 20 7946 0958", "US", "+442079460958")]
    [InlineData("06 30 123 4567", "HU", "+36301234567")]
    [InlineData("06 1234 5678", "IT", "+390612345678")]
    [InlineData("612 345 678", "ES", "+34612345678")]
    [InlineData("+689 40 12 34 56", "RU", "+68940123456")]
    [InlineData("ru", "ru", "has letters in it")]
    [InlineData("9898533", "RU", "has no area code")]
    [InlineData("555-0123", "US", "has no area code")]
    [InlineData("123456", "RU", "has 6 digits; a number of RU has 10 after its 8 or +7")]
    [InlineData("849598985331", "RU", "has 12 digits; a number of RU has 10 after its 8 or +7")]
    [InlineData("0123456789", "RU", "has 10 digits; a number of RU has 10 after its 8 or +7")]
    [InlineData("81234567890", "RU", "has an area code that does not exist")]
    [InlineData("+7 916 123 45 6", "US", "has 9 digits; a number of RU has 10 after its 8 or +7")]
    [InlineData("1125550123", "US", "has an area code that does not exist")]
    [InlineData("8-800-CALL-NOW", "RU", "has letters in it")]
    [InlineData("84959898533 доб. 12", "RU", "has an extension, which cannot be dialed: give the number alone")]
    [InlineData("+74959898533;ext=12", "RU", "has an extension, which cannot be dialed: give the number alone")]
    [InlineData("84959898533x12", "RU", "has an extension, which cannot be dialed: give the number alone")]
    [InlineData("84959898533&PJSIP/1", "RU", "has a character that is not part of a phone number")]
    [InlineData("8495\r\n9898533", "RU", "has a character that is not part of a phone number")]
    [InlineData("8+4959898533", "RU", "has a plus that is not at its beginning")]
    [InlineData("++74959898533", "RU", "has a plus that is not at its beginning")]
    [InlineData("+0123456789", "RU", "has no calling code after its plus or international prefix")]
    [InlineData("+68912", "RU", "has 5 digits; an international number has at least 8")]
    [InlineData("+6891234567890123", "RU", "has 16 digits; an international number has at most 15")]
    [InlineData("", "RU", "has no digits")]
    [InlineData(" - ", "RU", "has no digits")]
    [InlineData("12345678", "XX", "has no plus, and the plan of the campaign's country is not known")]
    [InlineData("+74959898533", "XX", "+74959898533")]
    public void Numbers_are_read_by_the_plan_of_their_country(string raw, string country, string expected) => Assert.Equal(expected, Read(raw, country));

    [Fact]
    public void A_very_long_text_is_refused_without_being_read() => Assert.Equal("is too long for a phone number", Read(new string('1', 100_000), "RU"));

    [Theory]
    [InlineData("+74959898533", "RU", "84959898533")]
    [InlineData("+77011234567", "RU", "87011234567")]
    [InlineData("+4930123456", "RU", "8104930123456")]
    [InlineData("+4930123456", "DE", "030123456")]
    [InlineData("+442079460958", "US", "011442079460958")]
    [InlineData("+12125550123", "US", "12125550123")]
    [InlineData("+34612345678", "ES", "612345678")]
    [InlineData("+34612345678", "XX", "0034612345678")]
    public void The_national_form_is_what_the_country_dials(string number, string country, string dialed) =>
        Assert.Equal(dialed, NumberingPlan.National(new(number), country));

    [Fact]
    public void The_table_holds_sixty_countries_and_more_without_contradictions()
    {
        Assert.True(NumberingPlan.KnownCountries.Length >= 60);
        Assert.All(Countries.All, plan =>
        {
            Assert.Matches("^[A-Z]{2}$", plan.Code);
            Assert.Matches("^[1-9][0-9]{0,2}$", plan.CallingCode);
            Assert.True(plan.Shortest <= plan.Longest && plan.Longest + plan.CallingCode.Length <= 15);
            Assert.True(plan.Local < plan.Shortest);
        });
    }

    static readonly Arbitrary<(string Country, string Number)> Any =
        (from country in Gen.Elements(Countries.All.ToArray())
         from length in Gen.Choose(country.Shortest, country.Longest)
         from first in Gen.Choose(3, 9)
         from rest in Gen.Choose(0, 9).ArrayOf(length - 1)
         select (country.Code, $"+{country.CallingCode}{first}{string.Concat(rest)}")).ToArbitrary();

    [Fact]
    public void What_was_normalised_stays_as_it_is() =>
        Prop.ForAll(Any, c => Read(c.Number, c.Country) == c.Number && Read(c.Number, "XX") == c.Number).QuickCheckThrowOnFailure();

    [Fact]
    public void The_national_form_reads_back_in_plans_of_one_length() => Prop.ForAll(Any, c =>
    {
        var plan = Countries.Find(c.Country)!;
        return plan.Shortest != plan.Longest || Read(NumberingPlan.National(new(c.Number), c.Country), c.Country) == c.Number;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_text_gives_a_number_or_a_reason() => Prop.ForAll<string, int>((text, country) =>
    {
        var known = NumberingPlan.KnownCountries[Math.Abs(country % NumberingPlan.KnownCountries.Length)];
        return NumberingPlan.TryNormalize(text, known, out var number, out var problem)
            ? problem.Length == 0 && number.Value.Length is > 5 and <= 16 && number.Value[0] == '+' && number.Digits.All(char.IsAsciiDigit)
            : problem.Length > 0 && number == default;
    }).QuickCheckThrowOnFailure();
}
