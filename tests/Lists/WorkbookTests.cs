using Carillon.Leads;

namespace Carillon.Lists.Tests;

public class WorkbookTests
{
    static readonly WorkbookFile People = new()
    {
        Texts = """<si><t>Phone</t></si><si><t>Name</t></si><si><r><rPr><b/></rPr><t>An</t></r><r><t>na</t></r><rPh sb="0" eb="1"><t>unheard</t></rPh></si><si><t>born</t></si>""",
        Styles = """<numFmts count="1"><numFmt numFmtId="164" formatCode="dd\.mm\.yyyy"/><numFmt numFmtId="165" formatCode="0.00&quot; days&quot;"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs>""",
        Rows = """
            <row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" t="s"><v>0</v></c><c r="D1" t="s"><v>3</v></c></row>
            <row r="3"><c r="A3" t="s"><v>2</v></c><c r="B3"><v>7.4959898533E10</v></c><c r="D3" s="1"><v>32874</v></c></row>
            <row r="4"><c r="A4" t="inlineStr"><is><t>say "hi",&#9;Bob&#10;Smith</t></is></c><c r="B4" t="str"><f>"8"&amp;A1</f><v>8 (495) 989-85-34</v></c><c r="C4" t="b"><v>1</v></c><c r="D4" s="2"><v>1.5</v></c></row>
            <row r="5"><c r="B5"><v>74959898533</v></c></row>
            <row><c t="e"><v>#N/A</v></c><c/><c><v>1</v></c><c r="E6"><v>2</v></c></row>
            """,
    };

    static async Task<(List<NewLead> Leads, List<RefusedLine> Refused)> Read(byte[] file)
    {
        var refused = new List<RefusedLine>();
        var leads = new List<NewLead>();
        await foreach (var lead in NumberList.LeadsAsync(new MemoryStream(file), new() { Country = "RU" }, refused.Add)) leads.Add(lead);
        return (leads, refused);
    }

    static async Task<string> Problem(byte[] file) => Assert.Single((await Read(file)).Refused, r => r.Line == 0).Reason;

    [Fact]
    public async Task A_workbook_is_read_as_people_see_it_and_refused_by_its_own_row_numbers()
    {
        var (leads, refused) = await Read(People.ToBytes());
        Assert.Equal([(3, "+74959898533"), (4, "+74959898534")], leads.Select(l => (l.Line, l.Number.Value)));
        Assert.Equal("""{"Name":"Anna","born":"1990-01-01"}""", leads[0].Data);
        Assert.Equal("""{"Name":"say \"hi\",\tBob Smith","column3":"TRUE","born":"1.5"}""", leads[1].Data);
        Assert.Equal([(5, true), (6, false)], refused.Select(r => (r.Line, r.IsDuplicate)));
        Assert.Equal("#N/A\t\t1\t\t2", refused[^1].Text);
    }

    [Fact]
    public async Task A_date_cell_is_a_time_to_call_at_and_a_percent_cell_a_chance()
    {
        var file = new WorkbookFile
        {
            Styles = """<cellXfs><xf numFmtId="0"/><xf numFmtId="22"/><xf numFmtId="9"/></cellXfs>""",
            Rows = """<row r="1"><c r="A1"><v>74959898533</v></c><c r="B1" s="1"><v>46357.665277777778</v></c><c r="C1" s="2"><v>0.35</v></c></row>""",
        };
        var leads = new List<NewLead>();
        var options = new ListOptions { Country = "RU", DialAt = new(1, TimeZoneInfo.FindSystemTimeZoneById("Europe/Moscow"), DateTimeOffset.MaxValue), ChanceColumn = 2 };

        await foreach (var lead in NumberList.LeadsAsync(new MemoryStream(file.ToBytes()), options, refused => Assert.Fail(refused.Reason))) leads.Add(lead);

        Assert.Equal((new DateTimeOffset(2026, 12, 1, 12, 58, 0, TimeSpan.Zero), 0.35), (leads[0].DialAt!.Value, leads[0].Chance!.Value));
    }

    [Fact]
    public async Task Its_preview_names_the_sheet_and_the_columns()
    {
        var preview = await NumberList.PreviewAsync(new MemoryStream(People.ToBytes()), new() { Country = "RU" });
        Assert.Equal(("XLSX", "People", null, true, 1), (preview.Encoding, preview.Sheet, preview.Delimiter, preview.HasHeader, preview.NumberColumn));
        Assert.Equal(["Name", "Phone", "column3", "born", "column5"], preview.Columns.AsEnumerable());
        Assert.Equal(["Anna", "74959898533", "", "1990-01-01"], preview.FirstLines[0].AsEnumerable());
    }

    [Fact]
    public async Task The_first_sheet_that_is_not_hidden_is_read_and_days_are_counted_as_the_workbook_does()
    {
        var file = People with { Book = """<workbookPr date1904="1"/><sheets><sheet name="Secret" sheetId="7" state="hidden" r:id="rId2"/><sheet name="Seen" sheetId="1" r:id="rId1"/></sheets>""" };
        Assert.Equal("Seen", (await NumberList.PreviewAsync(new MemoryStream(file.ToBytes()), new() { Country = "RU" })).Sheet);
        Assert.Contains("1994-01-02", (await Read(file.ToBytes())).Leads[0].Data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_workbook_says_so()
    {
        Assert.Contains("no Excel workbook", await Problem((People with { Book = "" }).ToBytes()), StringComparison.Ordinal);
        Assert.Contains("damaged", await Problem(People.ToBytes()[..^30]), StringComparison.Ordinal);
        Assert.Contains("damaged", await Problem((People with { Sheet = "<worksheet><sheetData><row r=\"1\">" }).ToBytes()), StringComparison.Ordinal);
        Assert.Contains("damaged", await Problem((People with { Rows = """<row r="5"/><row r="4"/>""" }).ToBytes()), StringComparison.Ordinal);
        Assert.Contains("damaged", await Problem((People with { Rows = """<row r="1048577"/>""" }).ToBytes()), StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Bombs => new()
    {
        { "an endless attribute", $"<worksheet a=\"{new string('x', 3 << 20)}\"/>" },
        { "an endless comment", $"<worksheet><!--{new string('x', 3 << 20)}--></worksheet>" },
        { "endless depth", string.Concat(Enumerable.Repeat("<a>", 100_000)) },
        { "endless names", "<worksheet>" + string.Concat(Enumerable.Range(0, 20_000).Select(i => $"<n{i}/>")) },
        { "entities in entities", """<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>""" },
    };

    [Theory]
    [MemberData(nameof(Bombs))]
    public async Task A_sheet_that_would_fill_the_memory_is_refused(string bomb, string sheet) =>
        Assert.True((await Problem((People with { Sheet = sheet }).ToBytes())).Contains("damaged", StringComparison.Ordinal), bomb);

    [Fact]
    public async Task An_archive_that_unpacks_to_too_much_is_refused_before_it_is_unpacked()
    {
        var file = People.ToBytes();
        // The size that the last entry of the directory gives for what it unpacks to.
        var entry = file.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        BitConverter.TryWriteBytes(file.AsSpan(entry + 24), int.MaxValue);
        Assert.Contains("more than 1 GB", await Problem(file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_archive_of_far_too_many_entries_is_refused_before_they_are_listed()
    {
        var crowd = People with { More = archive => { for (var i = 0; i < 50_000; i++) archive.CreateEntry($"{i:D60}"); } };
        Assert.Contains("damaged", await Problem(crowd.ToBytes()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_of_too_many_columns_is_refused_alone()
    {
        var wide = string.Concat(Enumerable.Repeat("<c><v>1</v></c>", 101));
        var (leads, refused) = await Read((People with { Rows = $"<row><c><v>74959898533</v></c></row><row>{wide}</row><row><c><v>74959898534</v></c></row>" }).ToBytes());
        Assert.Equal([1, 3], leads.Select(l => l.Line));
        Assert.Contains("columns", Assert.Single(refused).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whatever_is_changed_in_a_workbook_it_gives_leads_or_words()
    {
        var good = People.ToBytes();
        var random = new Random(5);
        for (var i = 0; i < 500; i++)
        {
            var file = good.ToArray();
            for (var n = random.Next(1, 6); n > 0; n--) file[random.Next(4, file.Length)] = (byte)random.Next(256);
            var (leads, refused) = await Read(file[..random.Next(file.Length / 2, file.Length + 1)]);
            Assert.All(refused, r => Assert.NotEmpty(r.Reason));
            Assert.InRange(leads.Count, 0, 10);
        }
    }
}
