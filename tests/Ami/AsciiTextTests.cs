using System.Globalization;
using System.Text;

namespace Carillon.Ami.Tests;

public class AsciiTextTests
{
    [Fact]
    public void Bytes_are_the_text_only_if_every_one_is_the_same()
    {
        for (var length = 0; length <= 80; length++)
        {
            var text = string.Concat(Enumerable.Range(0, length).Select(i => (char)('!' + i)));
            var bytes = Encoding.ASCII.GetBytes(text);
            Assert.True(AsciiText.Is(text, bytes));
            Assert.False(AsciiText.Is(text + "x", bytes));
            for (var i = 0; i < length; i++)
            {
                byte[] other = [.. bytes];
                other[i] ^= 0x20;
                Assert.False(AsciiText.Is(text, other));
                other[i] = (byte)(bytes[i] | 0x80);
                Assert.False(AsciiText.Is(text, other));
                Assert.False(AsciiText.Is(Encoding.Latin1.GetString(other), other));
            }
        }
    }

    [Fact]
    public void Hashes_without_case_are_the_same_for_both_cases()
    {
        foreach (var name in new[] { "a", "Cdr", "Hangup", "Newstate", "QueueMemberRinginuse" })
            Assert.Equal(AsciiText.HashWithoutCase(Encoding.ASCII.GetBytes(name)), AsciiText.HashWithoutCase(Encoding.ASCII.GetBytes(name.ToUpperInvariant())));
    }

    [Theory]
    [InlineData("pbx1-1795304625.{0}")]
    [InlineData("PJSIP/carrier-{0:x8}")]
    [InlineData("Local/9900000{0:00000}@dial-out-{0:x8};2")]
    [InlineData("7900{0:0000000}")]
    [InlineData("9{0:000}")]
    public void Ids_in_a_row_share_no_more_places_than_chance_would_have_it(string pattern)
    {
        var places = Enumerable.Range(0, 1000).Select(i => AsciiText.Hash(Encoding.ASCII.GetBytes(string.Format(CultureInfo.InvariantCulture, pattern, i))) >> 51);
        // Chance: 941 of 8,192.
        Assert.InRange(places.Distinct().Count(), 900, 1000);
    }

    [Fact]
    public void Names_in_other_scripts_are_kept_too()
    {
        var cache = new TextCache();
        Assert.Same(cache.Get("Иван Петров"u8), cache.Get("Иван Петров"u8));
        Assert.Equal("Иван Петроф", cache.Get("Иван Петроф"u8));
    }
}
