namespace Carillon.Numbers;

/// <summary>How a country's numbers are written.</summary>
/// <param name="Code">ISO 3166-1 alpha-2.</param>
/// <param name="CallingCode">Without plus.</param>
/// <param name="Trunk">What is dialed before a national number; empty: nothing.</param>
/// <param name="Shortest">Digits of the shortest national number, without the trunk prefix.</param>
/// <param name="Longest">Digits of the longest.</param>
/// <param name="International">What is dialed before a calling code, besides <c>00</c>.</param>
/// <param name="Local">Digits of a number without its area code, where such numbers are in use and cannot be dialed from elsewhere; 0: none.</param>
sealed record Country(string Code, string CallingCode, string Trunk, int Shortest, int Longest, string International = "00", int Local = 0);

/// <summary>
/// Calling codes and trunk prefixes by ITU-T E.164 Annex (list of assigned country codes) and the ITU Operational Bulletin's dialling procedures; lengths
/// of national significant numbers by the national plans that administrations communicate under ITU-T E.129
/// (https://www.itu.int/oth/T0202.aspx?parent=T0202). Subscriber numbers only: no emergency, short or service codes.
/// </summary>
static class Countries
{
    static readonly Dictionary<string, Country> ByCode = Table().ToDictionary(c => c.Code, StringComparer.OrdinalIgnoreCase);

    static readonly Dictionary<string, Country[]> ByCallingCode = Table().GroupBy(c => c.CallingCode).ToDictionary(g => g.Key, g => g.ToArray());

    public static Country? Find(string code) => ByCode.GetValueOrDefault(code);

    /// <summary>The countries of an international number without its plus; empty when the table has none.</summary>
    public static Country[] Of(ReadOnlySpan<char> digits)
    {
        var lookup = ByCallingCode.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var length = Math.Min(3, digits.Length); length > 0; length--)
            if (lookup.TryGetValue(digits[..length], out var countries)) return countries;
        return [];
    }

    public static IEnumerable<Country> All => ByCode.Values;

    static Country[] Table() =>
    [
        new("RU", "7", "8", 10, 10, "810", 7), new("KZ", "7", "8", 10, 10, "810", 6), new("BY", "375", "8", 9, 9, "810", 7),
        new("UA", "380", "0", 9, 9, Local: 7), new("UZ", "998", "", 9, 9, Local: 7), new("TM", "993", "8", 8, 8, "810", 6), new("TJ", "992", "", 9, 9, "810", 7),
        new("KG", "996", "0", 9, 9, Local: 6), new("AM", "374", "0", 8, 8, Local: 6), new("AZ", "994", "0", 9, 9, Local: 7), new("GE", "995", "0", 9, 9, Local: 7),
        new("MD", "373", "0", 8, 8, Local: 6), new("EE", "372", "", 7, 8), new("LV", "371", "", 8, 8), new("LT", "370", "0", 8, 8),
        new("DE", "49", "0", 6, 11), new("AT", "43", "0", 4, 13), new("CH", "41", "0", 9, 9), new("LI", "423", "", 7, 9), new("FR", "33", "0", 9, 9), new("BE", "32", "0", 8, 9),
        new("NL", "31", "0", 9, 9), new("LU", "352", "", 4, 11), new("GB", "44", "0", 9, 10), new("IE", "353", "0", 7, 9), new("ES", "34", "", 9, 9),
        new("PT", "351", "", 9, 9), new("IT", "39", "", 6, 11), new("MT", "356", "", 8, 8), new("GR", "30", "", 10, 10), new("CY", "357", "", 8, 8),
        new("DK", "45", "", 8, 8), new("SE", "46", "0", 7, 10), new("NO", "47", "", 8, 8), new("FI", "358", "0", 5, 12), new("IS", "354", "", 7, 9),
        new("PL", "48", "", 9, 9), new("CZ", "420", "", 9, 9), new("SK", "421", "0", 9, 9), new("HU", "36", "06", 8, 9), new("RO", "40", "0", 9, 9),
        new("BG", "359", "0", 7, 9), new("RS", "381", "0", 8, 9), new("HR", "385", "0", 8, 9), new("SI", "386", "0", 8, 8), new("BA", "387", "0", 8, 9),
        new("MK", "389", "0", 8, 8), new("ME", "382", "0", 8, 9), new("AL", "355", "0", 8, 9), new("TR", "90", "0", 10, 10, Local: 7), new("IL", "972", "0", 8, 9),
        new("US", "1", "1", 10, 10, "011", 7), new("CA", "1", "1", 10, 10, "011", 7), new("MX", "52", "", 10, 10), new("BR", "55", "0", 10, 11),
        new("AR", "54", "0", 10, 11), new("CL", "56", "", 9, 9), new("CO", "57", "", 10, 10), new("PE", "51", "0", 8, 9),
        new("VE", "58", "0", 10, 10), new("EC", "593", "0", 8, 9), new("UY", "598", "0", 8, 8),
        new("CN", "86", "0", 10, 11), new("HK", "852", "", 8, 8, "001"), new("TW", "886", "0", 8, 9, "002"), new("JP", "81", "0", 9, 10, "010"), new("KR", "82", "0", 8, 10, "001"),
        new("IN", "91", "0", 10, 10), new("PK", "92", "0", 9, 10), new("BD", "880", "0", 8, 10), new("LK", "94", "0", 9, 9), new("ID", "62", "0", 8, 12, "001"), new("MY", "60", "0", 8, 10),
        new("SG", "65", "", 8, 8, "001"), new("TH", "66", "0", 8, 9, "001"), new("VN", "84", "0", 9, 10), new("PH", "63", "0", 8, 10), new("MN", "976", "0", 8, 8, "001"),
        new("AU", "61", "0", 9, 9, "0011"), new("NZ", "64", "0", 8, 10),
        new("AE", "971", "0", 8, 9), new("SA", "966", "0", 9, 9), new("QA", "974", "", 8, 8), new("KW", "965", "", 8, 8), new("IR", "98", "0", 10, 10), new("IQ", "964", "0", 8, 10),
        new("EG", "20", "0", 8, 10), new("MA", "212", "0", 9, 9), new("TN", "216", "", 8, 8), new("DZ", "213", "0", 8, 9), new("NG", "234", "0", 8, 10),
        new("KE", "254", "0", 9, 9, "000"), new("ZA", "27", "0", 9, 9), new("GH", "233", "0", 9, 9),
    ];
}
