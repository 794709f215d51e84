using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace Carillon.Lists;

public class NumberListTests
{
    static readonly Encoding Windows1251 = CodePagesEncodingProvider.Instance.GetEncoding(1251)!;
    static readonly ListOptions Russia = new() { Country = "RU" };

    static async Task<(List<ListLine> Lines, ListProgress Progress)> Read(byte[] bytes, ListOptions? options = null)
    {
        var progress = default(ListProgress);
        var lines = new List<ListLine>();
        await foreach (var line in NumberList.ReadAsync(new MemoryStream(bytes), options ?? Russia, p => progress = p)) lines.Add(line);
        return (lines, progress);
    }

    static async Task<string[]> Told(string text, Encoding? encoding = null) =>
        [.. (await Read([.. encoding?.GetPreamble() ?? [], .. (encoding ?? Encoding.UTF8).GetBytes(text)])).Lines
            .Select(l => l.Refused is { } r ? $"{r.Line}! {r.Reason}" : $"{l.Lead.Line} {l.Lead.Number} {l.Lead.Data}".TrimEnd())];

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public async Task The_manuals_list_is_read_with_any_line_end(string end)
    {
        string[] expected = ["1 +74959898533", "3 +78003337533"];

        Assert.Equal(expected, await Told($"84959898533{end}{end}88003337533{end}"));
        Assert.Equal(expected, await Told($"84959898533{end}{end}88003337533"));
    }

    [Fact]
    public async Task Further_numbers_of_a_line_are_the_leads_and_one_that_cannot_be_read_stays_in_its_data()
    {
        const string List = "phone;name;mobile;work\n84959898533;Anna;89161234567;8 495 989-85-33\n88003337533;Ivan;ask her;89161234568\n89161234569\n";

        var (lines, _) = await Read(Encoding.UTF8.GetBytes(List), Russia with { OtherNumberColumns = [2, 3] });

        Assert.Equal(["""["+79161234567"]""", """["+79161234568"]""", null], lines.Select(l => l.Lead.OtherNumbers));
        Assert.Equal(["""{"name":"Anna"}""", """{"name":"Ivan","mobile":"ask her"}""", null], lines.Select(l => l.Lead.Data));
    }

    static readonly DateTimeOffset Latest = new(2027, 11, 22, 0, 0, 0, TimeSpan.Zero);

    static ListOptions Timed(string zone = "Europe/Moscow") => Russia with { DialAt = new(1, TimeZoneInfo.FindSystemTimeZoneById(zone), Latest), ChanceColumn = 2 };

    [Theory]
    [InlineData("2026-12-01 15:30", "2026-12-01T12:30:00Z")]
    [InlineData("2026-12-01 9:30:15", "2026-12-01T06:30:15Z")]
    [InlineData("1.12.2026 15:30", "2026-12-01T12:30:00Z")]
    [InlineData("2026-12-01", "2026-11-30T21:00:00Z")]
    [InlineData("2026-12-01T15:30:00Z", "2026-12-01T15:30:00Z")]
    [InlineData("2026-12-01T15:30:00.250+05:00", "2026-12-01T10:30:00.25Z")]
    [InlineData("2026-12-01 15:30 +07:00", "2026-12-01T08:30:00Z")]
    [InlineData("2010-04-29 15:58:00", "2010-04-29T11:58:00Z")]
    [InlineData("0001-01-01", "0001-01-01T00:00:00Z")]
    [InlineData("", null)]
    public async Task A_time_is_by_the_lists_zone_unless_it_says_its_own(string text, string? expected)
    {
        var (lines, _) = await Read(Encoding.UTF8.GetBytes($"84959898533;{text};0.5\n"), Timed());

        Assert.Null(lines[0].Refused);
        Assert.Equal(expected is null ? null : DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), lines[0].Lead.DialAt);
        Assert.Null(lines[0].Lead.Data);
    }

    [Theory]
    [InlineData("2027-03-28 02:30", "2027-03-28T01:30:00Z")]
    [InlineData("2026-10-25 02:30", "2026-10-25T00:30:00Z")]
    public async Task A_time_that_clocks_skip_is_that_which_they_show_instead_and_of_one_shown_twice_the_first_counts(string text, string expected)
    {
        var (lines, _) = await Read(Encoding.UTF8.GetBytes($"84959898533;{text}\n"), Timed("Europe/Berlin"));

        Assert.Equal(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), lines[0].Lead.DialAt);
    }

    [Theory]
    [InlineData("0.35", 0.35)]
    [InlineData("0,35", 0.35)]
    [InlineData("35 %", 0.35)]
    [InlineData("12,5%", 0.125)]
    [InlineData("1", 1.0)]
    [InlineData("", null)]
    public async Task A_chance_is_a_share_or_has_the_sign_of_percent(string text, double? expected)
    {
        var (lines, _) = await Read(Encoding.UTF8.GetBytes($"84959898533;;{text}\n"), Timed());

        Assert.Null(lines[0].Refused);
        Assert.Equal(expected, lines[0].Lead.Chance);
    }

    [Fact]
    public async Task A_time_or_chance_that_cannot_be_read_refuses_its_line_and_names_column_and_value()
    {
        const string List = """
            phone;dial time;chance
            84959898533;tomorrow;0.5
            84959898534;12/01/2026 15:30;0.5
            84959898535;2030-01-01;0.5
            84959898536;2026-12-01;35
            84959898537;2026-12-01;-0.1
            84959898533;2026-12-01;0.5
            """;

        var (lines, _) = await Read(Encoding.UTF8.GetBytes(List), Timed());

        Assert.Equal(
        [
            "2! \"tomorrow\" in column 2 (dial time) is no time such as 2026-12-01 15:30.",
            "3! \"12/01/2026 15:30\" in column 2 (dial time) is no time such as 2026-12-01 15:30.",
            "4! \"2030-01-01\" in column 2 (dial time) is more than a year ahead.",
            "5! \"35\" in column 3 (chance) is no chance from 0 to 1, such as 0.35 or 35 %.",
            "6! \"-0.1\" in column 3 (chance) is no chance from 0 to 1, such as 0.35 or 35 %.",
            "7",
        ], lines.Select(l => l.Refused is { } r ? $"{r.Line}! {r.Reason}" : $"{l.Lead.Line}"));
    }

    [Theory]
    [InlineData("Dialnumber;Customername;Dialtime", 2, null, null)]
    [InlineData("Порядок;Вероятность;Время звонка;Телефон", 2, 1, 0)]
    [InlineData("phone;name;comment", null, null, null)]
    public async Task A_preview_finds_the_columns_that_say_when_a_leads_turn_is(string header, int? dialAt, int? chance, int? callOrder)
    {
        var line = string.Join(';', header.Split(';').Select(_ => "84959898533"));

        var preview = await NumberList.PreviewAsync(new MemoryStream(Encoding.UTF8.GetBytes($"{header}\n{line}\n")), Russia);


        Assert.Equal((dialAt, chance, callOrder), (preview.DialAtColumn, preview.ChanceColumn, preview.CallOrderColumn));
    }

    public static TheoryData<string> Encodings => ["utf-8", "utf-8-bom", "utf-16", "utf-16BE", "windows-1251"];

    static Encoding Of(string name) => name switch
    {
        "utf-8" => new UTF8Encoding(false),
        "utf-8-bom" => new UTF8Encoding(true),
        "utf-16" => Encoding.Unicode,
        "utf-16BE" => Encoding.BigEndianUnicode,
        _ => Windows1251,
    };

    [Theory, MemberData(nameof(Encodings))]
    public async Task Encodings_are_found(string encoding) => Assert.Equal(
        ["2 +74959898533 {\"имя\":\"Иванов Пётр\",\"город\":\"Орёл\"}"],
        await Told("имя;телефон;город\r\nИванов Пётр;8 (495) 989-85-33;Орёл\r\n", Of(encoding)));

    [Fact]
    public async Task Windows_1251_is_found_even_when_it_begins_late()
    {
        var text = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"8495{i:D7};a\n")) + "89161234567;Пётр\n";

        var (lines, _) = await Read(Windows1251.GetBytes(text));

        Assert.Equal("{\"column2\":\"Пётр\"}", lines[^1].Lead.Data);
        Assert.Equal(20_001, lines.Count(l => l.IsLead));
    }

    [Theory]
    [InlineData(";")]
    [InlineData(",")]
    [InlineData("\t")]
    public async Task Delimiters_are_found(string delimiter) => Assert.Equal(
        ["1 +74959898533 {\"column1\":\"a\",\"column3\":\"1;2,3\"}", "2 +78003337533 {\"column1\":\"b\",\"column3\":\"say \\\"hi\\\"\"}"],
        await Told($"a|84959898533|\"1;2,3\"\nb|\"88003337533\"|\"say \"\"hi\"\"\"\n".Replace("|", delimiter, StringComparison.Ordinal)));

    [Theory]
    [InlineData("id,Phone\n17,84959898533", 2)]
    [InlineData("Номер договора;Контактный телефон\n84959898533;88003337533", 2)]
    [InlineData("sep=;\nномер;имя\n84959898533;a", 3)]
    [InlineData("список\n84959898533\n88003337533", 2)]
    public async Task A_header_is_found(string text, int firstLine)
    {
        var told = await Told(text);

        Assert.StartsWith($"{firstLine} +7", told[0], StringComparison.Ordinal);
        Assert.DoesNotContain(told, t => t.Contains('!', StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_named_column_holds_the_number() =>
        Assert.Equal(["2 +78003337533 {\"Номер договора\":\"84959898533\"}"], await Told("Номер договора;Контактный телефон\n84959898533;88003337533"));

    [Fact]
    public async Task Bad_lines_are_told_and_the_rest_is_read() => Assert.Equal(
        [
            "1 +74959898533",
            "2! The number has no area code.",
            "3! The number has letters in it.",
            "4! The number is that of line 1 again.",
            "5! The line holds a NUL character, so it is no text.",
            "6! The number is in scientific notation: the spreadsheet that wrote it has lost its digits.",
            "8 +78003337533",
        ],
        await Told("84959898533\n9898533\nабв\n+7 495 989-85-33\n8495\03333333\n7.91612E+10\n   \n88003337533"));

    [Fact]
    public async Task A_line_over_64_KB_is_refused_alone()
    {
        var told = await Told("84959898533\n" + new string('1', 500_000) + "\n" + new string('2', LineReader.LongestLine + 1) + "\r\n88003337533\n" + new string('3', 70_000));

        Assert.Equal(["1 +74959898533", "2! The line is longer than 64 KB.", "3! The line is longer than 64 KB.", "4 +78003337533", "5! The line is longer than 64 KB."], told);
    }

    [Fact]
    public async Task A_refused_line_is_shown_up_to_a_hundred_characters()
    {
        var (lines, _) = await Read(Encoding.UTF8.GetBytes("84959898533\n" + new string('x', 5_000)));

        Assert.Equal(100, lines[1].Refused!.Value.Text.Length);
    }

    [Fact]
    public async Task A_quote_that_is_never_closed_ends_with_its_line() =>
        Assert.Equal(["1 +74959898533 {\"column2\":\"a;b\"}", "2 +78003337533 {\"column2\":\"c\"}"], await Told("84959898533;\"a;b\n88003337533;c\n"));

    [Fact]
    public async Task Too_many_columns_are_refused() =>
        Assert.Contains("more than 100 columns", (await Told("84959898533;a\n88003337533;b\n89161234567" + new string(';', 100)))[2], StringComparison.Ordinal);

    [Theory]
    [InlineData(new byte[] { (byte)'P', (byte)'K', 3, 4, 20, 0 }, "workbook is damaged")]
    [InlineData(new byte[] { 0xD0, 0xCF, 0x11, 0xE0, 0xA1 }, "of the old kind")]
    [InlineData(new byte[] { (byte)'%', (byte)'P', (byte)'D', (byte)'F' }, "PDF")]
    [InlineData(new byte[] { 0x1F, 0x8B, 8 }, "compressed")]
    public async Task A_file_that_is_no_list_gives_one_clear_message(byte[] bytes, string what)
    {
        var refused = Assert.Single((await Read(bytes)).Lines).Refused!.Value;

        Assert.Equal(0, refused.Line);
        Assert.Contains(what, refused.Reason, StringComparison.Ordinal);
        Assert.Equal(refused.Reason, (await NumberList.PreviewAsync(new MemoryStream(bytes), Russia)).Problem);
    }

    [Fact]
    public async Task An_empty_file_has_no_lines() => Assert.Empty((await Read([])).Lines);

    [Fact]
    public async Task People_may_say_how_to_read_it()
    {
        var options = new ListOptions { Country = "DE", Delimiter = ',', HasHeader = false, NumberColumn = 1 };

        var (lines, _) = await Read(Encoding.UTF8.GetBytes("030123456,030654321\n"), options);

        Assert.Equal("+4930654321", Assert.Single(lines).Lead.Number.Value);
    }

    [Fact]
    public async Task A_preview_shows_what_was_found()
    {
        var text = "имя;телефон;имя\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $"Пётр;849598985{i:D2};x{i}\n"));

        var preview = await NumberList.PreviewAsync(new MemoryStream(Windows1251.GetBytes(text)), Russia);

        Assert.Equal(("Windows-1251", ';', true, 1), (preview.Encoding, preview.Delimiter, preview.HasHeader, preview.NumberColumn));
        Assert.Equal(["имя", "телефон", "имя 2"], preview.Columns.ToArray());
        Assert.Equal(10, preview.FirstLines.Length);
        Assert.Equal(["Пётр", "84959898500", "x0"], preview.FirstLines[0].ToArray());
    }

    [Fact]
    public async Task Leads_come_alone_and_refusals_aside()
    {
        var refused = new List<RefusedLine>();
        var leads = new List<string>();

        await foreach (var lead in NumberList.LeadsAsync(new MemoryStream("84959898533\nabc\n88003337533"u8.ToArray()), Russia, refused.Add)) leads.Add(lead.Number.Value);

        Assert.Equal(["+74959898533", "+78003337533"], leads);
        Assert.Equal(2, Assert.Single(refused).Line);
    }

    /// <summary>A stream that gives as many bytes at a time as it likes.</summary>
    sealed class Trickle(byte[] bytes, int most) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, most)], cancellationToken);
    }

    [Fact]
    public async Task Any_size_of_reads_gives_the_same_lines()
    {
        var bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 9_000).Select(i => $"Пётр;8495{i:D7}\r\n")));
        var expected = (await Read(bytes)).Lines;

        foreach (var most in (int[])[1, 7, 4096, 65_537])
        {
            var lines = new List<ListLine>();
            await foreach (var line in NumberList.ReadAsync(new Trickle(bytes, most), Russia)) lines.Add(line);
            Assert.Equal(expected, lines);
        }
        Assert.Equal(9_000, expected.Count(l => l.IsLead));
    }

    static readonly Gen<byte[]> AnyBytes = Gen.OneOf(
        Gen.Choose(0, 255).Select(i => (byte)i).ArrayOf(),
        Gen.Elements(";,\t\"\r\n\r\n0123456789+=()E-абв\0 sep".ToCharArray()).ArrayOf(400).Select(chars => Encoding.UTF8.GetBytes(chars)),
        Gen.Elements((byte)'8', (byte)'9', (byte)'\n', (byte)'\r', (byte)';', (byte)'"', (byte)0xC0, (byte)0xD0, (byte)0xFF, (byte)0).ArrayOf(600));

    [Fact]
    public void Whatever_the_bytes_every_line_is_accounted_for() => Prop.ForAll(AnyBytes.ToArbitrary(), bytes =>
    {
        var (lines, progress) = Read(bytes).GetAwaiter().GetResult();
        NumberList.PreviewAsync(new MemoryStream(bytes), Russia).GetAwaiter().GetResult();
        if (lines is [{ Refused.Line: 0 }]) return true;
        var numbers = lines.Select(l => l.Refused?.Line ?? l.Lead.Line).ToList();
        return progress.Leads + progress.Refused + progress.Blank == progress.Lines && progress.BytesRead == bytes.Length
            && lines.Count == progress.Leads + progress.Refused && numbers.Zip(numbers.Skip(1)).All(pair => pair.First < pair.Second)
            && lines.TrueForAll(l => l.Lead.Data is null || JsonSerializer.Deserialize<Dictionary<string, string>>(l.Lead.Data) is { Count: > 0 });
    }).Check(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(3_000));

    [Fact]
    public async Task Duplicates_are_found_in_a_long_list()
    {
        var text = string.Concat(Enumerable.Range(0, 50_000).Select(i => $"8495{i % 40_000:D7}\n"));

        var (lines, _) = await Read(Encoding.UTF8.GetBytes(text));

        Assert.Equal(40_000, lines.Count(l => l.IsLead));
        Assert.Equal("The number is that of line 10000 again.", lines[49_999].Refused!.Value.Reason);
    }

    [Fact]
    public async Task Of_a_list_of_any_length_the_first_hundred_thousand_numbers_are_remembered_and_the_store_finds_further_duplicates()
    {
        var text = string.Concat(Enumerable.Range(0, 100_001).Select(i => $"8495{i:D7}\n")) + "84950100000\n84950099999\n";

        var (lines, _) = await Read(Encoding.UTF8.GetBytes(text));

        Assert.True(lines[100_001].IsLead);
        Assert.Equal("The number is that of line 100000 again.", lines[100_002].Refused!.Value.Reason);
    }
}
