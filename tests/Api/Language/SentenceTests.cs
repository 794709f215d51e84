using System.Text.RegularExpressions;
using Carillon.Api.Audit;
using Carillon.Api.Campaigns;
using Carillon.Api.Pages.Language;
using Carillon.TestKit;

namespace Carillon.Api.Tests.Language;

/// <summary>What grains and rules say, and what <c>sentences.ru.json</c> has of it.</summary>
public sealed partial class SentenceTests
{
    static readonly string Pages = Path.Combine("src", "Api", "Pages") + Path.DirectorySeparatorChar;

    static IEnumerable<SourceSentence> ForPeople =>
        SourceSentences.Texts.Where(t => t.HasWords && !Unsaid.Sentences.Contains(t.Text) && !(t.Place.StartsWith(Pages, StringComparison.Ordinal) && Words.Russian.ContainsKey(t.Text)));

    static RussianTelling Tell(string sentence, out string told)
    {
        var telling = new RussianTelling(Sentences.Patterns);
        told = telling.Tell(sentence);
        return telling;
    }

    static IEnumerable<string> Missing(IEnumerable<SourceSentence> sentences) =>
        from sentence in sentences
        let telling = Tell(sentence.Example, out _)
        where telling.Untold.Count > 0
        select $"{sentence.Place} says \"{sentence.Text}\", which is English in Russian pages. Add it to src/Api/Pages/Language/sentences.ru.json, word for word and with its values as {{0}}, {{1}}; " +
            "RussianTelling.cs beside it says what a value can be in Russian. If no page ever shows it, add it to its kind in tests/Api/Language/Unsaid.cs.";

    [Fact]
    public void Everything_that_people_can_be_told_is_said_in_Russian_too()
    {
        var missing = Missing(ForPeople).ToList();
        Assert.True(missing.Count == 0, string.Join(Environment.NewLine, missing));
    }

    [Fact]
    public void A_new_sentence_is_missed_with_each_of_its_alternatives()
    {
        const string source = """
            class Rule
            {
                const string Remedy = "Ask a gardener.";
                string Why(int trees, string? name) => trees == 0 ? "No tree is left." : $"{trees} {(trees == 1 ? "tree is" : "trees are")} tired{(name is null ? "" : $" of {name}")}. {Remedy}";
                void Log() => throw new ArgumentException("Trees are not counted below zero.");
            }
            """;
        var found = SourceSentences.OfCode("src/Rule.cs", source).ToList();
        Assert.Equal(["No tree is left.", "{0} tree is tired of {1}. Ask a gardener.", "{0} tree is tired. Ask a gardener.", "{0} trees are tired of {1}. Ask a gardener.", "{0} trees are tired. Ask a gardener."],
            found.Select(f => f.Text).Order(StringComparer.Ordinal));
        Assert.Contains(Missing(found), m => m.StartsWith("src/Rule.cs:4 says \"No tree is left.\"", StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_is_translated_that_nobody_says()
    {
        var used = ForPeople.SelectMany(s => Tell(s.Example, out _).Found).ToHashSet();
        // Words that stand in for a value: "campaign", "no calls are placed".
        var said = SourceSentences.Texts.Select(t => t.Text.TrimEnd('.')).ToHashSet(StringComparer.OrdinalIgnoreCase);
        Assert.DoesNotContain(Sentences.Patterns.All, p => !used.Contains(p) && !said.Contains(p.Sentence));
    }

    [Fact]
    public void Nothing_is_excused_that_nobody_says() => Assert.Empty(Unsaid.Sentences.Except(SourceSentences.Texts.Select(t => t.Text)));

    [Fact]
    public void The_index_finds_what_a_look_at_every_pattern_finds() => Assert.All(SourceSentences.Texts.Select(t => t.Example).Distinct(), text =>
        Assert.Equal(Sentences.Patterns.All.FirstOrDefault(p => p.Read(text) is not null), Sentences.Patterns.Find(text)?.Pattern));

    [Fact]
    public void What_the_audit_log_notes_is_offered_and_said_in_Russian()
    {
        var noted = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "Api"), "*.cs", SearchOption.AllDirectories).SelectMany(f => Noted().Matches(File.ReadAllText(f))).Select(m => m.Groups[1].Value);
        var all = noted.Concat(Enum.GetNames<CampaignCommand>().Select(c => c.ToLowerInvariant())).Concat(["create", "edit", "delete", "pause", "unpause"]).Distinct();
        Assert.Equal(all.Order(), AuditWords.Actions.Order());
        Assert.All([.. AuditWords.Actions, .. AuditWords.Kinds], word => Assert.NotEqual(word, Sentences.Russian(word)));
    }

    [Fact]
    public void A_value_is_told_in_a_way_that_is_known() => Assert.All(Sentences.Patterns.All, pattern => Assert.All(
        Way().Matches(pattern.Russian).Select(m => m.Groups[1].Value),
        way => Assert.True(way == "said" || way.Split('|').Length == 3 || Words.Russian.Keys.Any(k => k.StartsWith(way + ".", StringComparison.Ordinal)), way)));

    [Theory]
    [InlineData("No agent can be reached: there is no queue 'sales' on pbx1, pbx2: create it in queues.conf (FreePBX: Applications, Queues), or correct the queue's name. The campaign starts at most 2 calls a second.",
        "Нет ни одного доступного оператора: очереди «sales» нет на pbx1, pbx2: создайте её в queues.conf (FreePBX: Applications, Queues) или исправьте имя очереди. Кампания начинает не больше 2 звонков в секунду.")]
    [InlineData("The number is not called before 2026-11-22 18:00 Asia/Omsk: at most 2 answered calls a week.", "На этот номер не звонят до 2026-11-22 18:00 Asia/Omsk: не больше 2 отвеченных звонков в неделю.")]
    [InlineData("The lead is excluded: The attempts are used up; 2 ended as Busy.", "Номер исключён: попытки исчерпаны; из них 2 — занято.")]
    [InlineData("The queue Sales is used by campaign Spring, campaign Autumn and 3 more.", "Нельзя удалить Sales (очередь): используется — кампания Spring, кампания Autumn и ещё 3.")]
    [InlineData("The number has 1 digits; a number of RU has 10 after its 8 or +7.", "Номер содержит 1 цифру; в номере страны RU их 10 после 8 или +7.")]
    [InlineData("2 of 5 agents are free: place 2. 3 leads wait for room on a trunk, others go first.", "Свободны 2 из 5 операторов: набрать 2. Ждут места на транке 3 номера, остальные идут первыми.")]
    [InlineData("2.5 is not in 2026.", "2.5 — не в 2026 году.")]
    public void A_sentence_within_a_sentence_is_told_too(string sentence, string said) => Assert.Equal(said, Sentences.Russian(sentence));

    [GeneratedRegex(@"(?:Done|Note|Refused)\((?:caller, |Caller\.Of\(http\), )?""([a-z]+(?:-[a-z]+)*)""")]
    private static partial Regex Noted();

    [GeneratedRegex(@"\{\d:([^}]+)}")]
    private static partial Regex Way();
}
