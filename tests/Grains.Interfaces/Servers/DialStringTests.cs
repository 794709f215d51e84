using Carillon.Numbers;
using FsCheck;
using FsCheck.Fluent;

namespace Carillon.Servers;

public class DialStringTests
{
    static readonly PhoneNumber Number = new("+74959898533");

    [Theory]
    [InlineData("PJSIP/{number}@carrier", "PJSIP/74959898533@carrier")]
    [InlineData("PJSIP/{e164}@carrier", "PJSIP/+74959898533@carrier")]
    [InlineData("PJSIP/carrier/sip:{national}@10.0.0.1:5060", "PJSIP/carrier/sip:84959898533@10.0.0.1:5060")]
    [InlineData("SIP/trunk/9{number}", "SIP/trunk/974959898533")]
    [InlineData("DAHDI/g1/{national}", "DAHDI/g1/84959898533")]
    [InlineData("Local/{number}@dial-out/n", "Local/74959898533@dial-out/n")]
    public void A_template_is_filled_with_the_number(string template, string channel)
    {
        Assert.Null(DialString.Problem(template));
        Assert.Equal(channel, DialString.Format(template, Number, "RU"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("PJSIP/carrier")]
    [InlineData("PJSIP/{number}{e164}@carrier")]
    [InlineData("PJSIP/{number}@{number}")]
    [InlineData("PJSIP/{phone}@carrier")]
    [InlineData("PJSIP/{number}@carrier&PJSIP/1000")]
    [InlineData("PJSIP/{number}@carrier,30")]
    [InlineData("PJSIP/{number}@${CARRIER}")]
    [InlineData("PJSIP/{number}@carrier\r\nAction: Command")]
    [InlineData("PJSIP/{number}@carrier\n")]
    [InlineData("PJSIP/{number} @carrier")]
    [InlineData("PJSIP/{number}@carrier/n")]
    [InlineData("Local/{number}@dial-out/n/n")]
    [InlineData("Local/{number}@dial-out/nm")]
    [InlineData("{number}@carrier")]
    [InlineData("{number}/carrier")]
    [InlineData("/{number}")]
    [InlineData("PJSIP//{number}")]
    [InlineData("9SIP/{number}")]
    [InlineData("PJSIP/{number}@carrier\0")]
    [InlineData("PJSIP/{number}@перевозчик")]
    public void A_template_that_could_do_anything_else_is_refused(string? template)
    {
        Assert.NotNull(DialString.Problem(template));
        Assert.Throws<FormatException>(() => DialString.Format(template!, Number, "RU"));
    }

    [Fact]
    public void A_very_long_template_is_refused() => Assert.NotNull(DialString.Problem("PJSIP/{number}@" + new string('a', 200)));

    [Theory]
    [InlineData("+7495&PJSIP/1")]
    [InlineData("+7495,30")]
    [InlineData("+7495\r\nAction: Command")]
    [InlineData("74959898533")]
    [InlineData("+")]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("+1234567890123456")]
    public void A_number_that_is_none_is_not_dialed(string? number) =>
        Assert.Throws<FormatException>(() => DialString.Format("PJSIP/{number}@carrier", new(number!), "RU"));

    [Fact]
    public void Whatever_comes_through_is_one_harmless_channel() => Prop.ForAll<string, string, string>((before, after, number) =>
    {
        try
        {
            var channel = DialString.Format($"PJSIP/{before}{{number}}{after}", new("+" + number), "RU");
            return channel.All(c => char.IsAsciiLetterOrDigit(c) || "/@:._-+*#".Contains(c));
        }
        catch (FormatException)
        {
            return true;
        }
    }).QuickCheckThrowOnFailure();
}
