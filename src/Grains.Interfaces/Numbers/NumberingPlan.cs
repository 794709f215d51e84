using System.Collections.Immutable;

namespace Carillon.Numbers;

/// <summary>Reads phone numbers as people write them, by the plan of a country, and writes them as that country dials them.</summary>
public static class NumberingPlan
{
    /// <summary>Longest text that is looked at.</summary>
    const int LongestText = 64;

    /// <summary>Most digits of E.164, the calling code included.</summary>
    const int LongestNumber = 15;

    const int ShortestNumber = 8;

    /// <summary>Countries whose plans are known, by ISO 3166-1 alpha-2 code. Numbers of all others can be given with a plus.</summary>
    public static ImmutableArray<string> KnownCountries { get; } = [.. Countries.All.Select(c => c.Code).Order(StringComparer.Ordinal)];

    public static bool IsKnownCountry(string? country) => country is not null && Countries.Find(country) is not null;

    /// <summary>
    /// Makes E.164 of a number. Spaces, brackets, hyphens, dots and slashes are left out; full-width digits are digits; <c>tel:</c> may stand before.
    /// With a plus, or with the country's international prefix (<c>00</c>, <c>8~10</c>, <c>011</c> …), the number is of any country; else it is a
    /// national number of <paramref name="country"/>, with its trunk prefix, with its calling code, or with neither.
    /// </summary>
    /// <param name="problem">What is wrong, as the end of a sentence about the number; empty when nothing is. Does not repeat the number.</param>
    public static bool TryNormalize(ReadOnlySpan<char> raw, string country, out PhoneNumber number, out string problem)
    {
        number = default;
        Span<char> digits = stackalloc char[LongestText];
        if (!TryClean(raw, digits, out var length, out var plus, out problem)) return false;
        ReadOnlySpan<char> clean = digits[..length];
        if (plus) return TryInternational(clean, out number, out problem);
        if (Countries.Find(country) is not { } plan)
        {
            problem = "has no plus, and the plan of the campaign's country is not known";
            return false;
        }
        if (International(clean, plan) is { IsEmpty: false } abroad) return TryInternational(abroad, out number, out problem);
        return TryNational(clean, plan, out number, out problem);
    }

    /// <summary>As the country dials it: with the trunk prefix at home, with the international prefix to elsewhere.</summary>
    public static string National(PhoneNumber number, string country)
    {
        var digits = number.Digits;
        if (Countries.Find(country) is not { } plan) return "00" + digits;
        return digits.StartsWith(plan.CallingCode, StringComparison.Ordinal) && Fits(digits.Length - plan.CallingCode.Length, plan)
            ? plan.Trunk + digits[plan.CallingCode.Length..]
            : plan.International + digits;
    }

    static bool TryClean(ReadOnlySpan<char> raw, Span<char> digits, out int length, out bool plus, out string problem)
    {
        (length, plus, problem) = (0, false, "");
        raw = raw.Trim();
        if (raw.StartsWith("tel:", StringComparison.OrdinalIgnoreCase)) raw = raw[4..];
        if (raw.Length > LongestText) return Refuse("is too long for a phone number", out problem);
        for (var i = 0; i < raw.Length; i++)
        {
            var c = raw[i];
            if (c is >= '０' and <= '９') c = (char)(c - '０' + '0');
            if (c is >= '0' and <= '9') digits[length++] = c;
            else if (c is '+' or '＋')
            {
                if (plus || length > 0) return Refuse("has a plus that is not at its beginning", out problem);
                plus = true;
            }
            else if (!IsSeparator(c, length))
                return Refuse(IsExtension(raw[i..]) && length > 0 ? "has an extension, which cannot be dialed: give the number alone"
                    : char.IsLetter(c) ? "has letters in it" : "has a character that is not part of a phone number", out problem);
        }
        return length > 0 || Refuse("has no digits", out problem);
    }

    // "8~10" and "8w10": the tilde is where the second dial tone was waited for.
    static bool IsSeparator(char c, int length) =>
        c is ' ' or '\t' or '(' or ')' or '-' or '.' or '/' or '\u00a0' or '\u202f' or '\u2009' or '\u2010' or '\u2011' or '\u2012' or '\u2013' or '\u2212' or '（' or '）' or '－'
        || (c == '~' && length == 1);

    static bool IsExtension(ReadOnlySpan<char> rest) =>
        rest[0] is '#' or ',' or ';' or '*'
        || rest.StartsWith("x", StringComparison.OrdinalIgnoreCase) || rest.StartsWith("ext", StringComparison.OrdinalIgnoreCase)
        || rest.StartsWith("доб", StringComparison.OrdinalIgnoreCase) || rest.StartsWith("вн", StringComparison.OrdinalIgnoreCase);

    /// <summary>What follows an international prefix, if there is one.</summary>
    static ReadOnlySpan<char> International(ReadOnlySpan<char> digits, Country plan)
    {
        // 8-10 dials abroad, but 8 100 … would also be a national number; no area code of these plans begins with 10.
        if (digits.StartsWith(plan.International, StringComparison.Ordinal) && digits.Length >= plan.International.Length + ShortestNumber - 1) return digits[plan.International.Length..];
        return digits.StartsWith("00", StringComparison.Ordinal) ? digits[2..] : default;
    }

    static bool TryInternational(ReadOnlySpan<char> digits, out PhoneNumber number, out string problem)
    {
        number = default;
        if (digits.IsEmpty || digits[0] == '0') return Refuse("has no calling code after its plus or international prefix", out problem);
        foreach (var plan in Countries.Of(digits))
        {
            var national = digits[plan.CallingCode.Length..];
            // "+49 (0)30 …" and "+44 (0)20 …": the bracketed prefix is for callers at home.
            if (plan.Trunk == "0" && national.StartsWith("0", StringComparison.Ordinal)) national = national[1..];
            if (!Fits(national.Length, plan)) return Refuse(Length(national.Length, plan), out problem);
            return Accept(plan.CallingCode, national, out number, out problem);
        }
        if (digits.Length < ShortestNumber) return Refuse($"has {digits.Length} digits; an international number has at least {ShortestNumber}", out problem);
        if (digits.Length > LongestNumber) return Refuse($"has {digits.Length} digits; an international number has at most {LongestNumber}", out problem);
        return Accept("", digits, out number, out problem);
    }

    static bool TryNational(ReadOnlySpan<char> digits, Country plan, out PhoneNumber number, out string problem)
    {
        number = default;
        if (plan.Trunk.Length > 0 && digits.StartsWith(plan.Trunk, StringComparison.Ordinal) && Fits(digits.Length - plan.Trunk.Length, plan))
        {
            // In plans of one length a number of exactly that length has no prefix, whatever it begins with.
            if (plan.Trunk == "0" || !Fits(digits.Length, plan)) return Accept(plan.CallingCode, digits[plan.Trunk.Length..], out number, out problem);
        }
        if (plan.Trunk.Length > 0 && digits.StartsWith("0", StringComparison.Ordinal)) return Refuse(Length(digits.Length, plan), out problem);
        if (Fits(digits.Length, plan)) return Accept(plan.CallingCode, digits, out number, out problem);
        if (digits.StartsWith(plan.CallingCode, StringComparison.Ordinal) && Fits(digits.Length - plan.CallingCode.Length, plan))
            return Accept(plan.CallingCode, digits[plan.CallingCode.Length..], out number, out problem);
        return Refuse(digits.Length == plan.Local ? "has no area code" : Length(digits.Length, plan), out problem);
    }

    static bool Fits(int length, Country plan) => length >= plan.Shortest && length <= plan.Longest;

    static string Length(int length, Country plan) => plan.Shortest == plan.Longest
        ? $"has {length} digits; a number of {plan.Code} has {plan.Longest}{WithoutPrefix(plan)}"
        : $"has {length} digits; a number of {plan.Code} has {plan.Shortest} to {plan.Longest}{WithoutPrefix(plan)}";

    static string WithoutPrefix(Country plan) => plan.Trunk.Length > 0 ? $" after its {plan.Trunk} or +{plan.CallingCode}" : $" after its +{plan.CallingCode}";

    static bool Accept(ReadOnlySpan<char> callingCode, ReadOnlySpan<char> national, out PhoneNumber number, out string problem)
    {
        number = default;
        // Area codes of zone 7 begin with 3 to 9, those of the North American plan with 2 to 9; what begins otherwise is mistyped.
        if (callingCode is "7" && national[0] < '3' || callingCode is "1" && national[0] < '2') return Refuse("has an area code that does not exist", out problem);
        if (callingCode.Length + national.Length > LongestNumber) return Refuse($"has more than the {LongestNumber} digits of an international number", out problem);
        number = new(string.Concat("+", callingCode, national));
        problem = "";
        return true;
    }

    static bool Refuse(string because, out string problem)
    {
        problem = because;
        return false;
    }
}
