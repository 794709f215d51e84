using System.Text.Json;
using System.Text.RegularExpressions;
using Carillon.TestKit;

namespace Carillon.Browser.Tests;

/// <summary>What the pages say, and what <c>ru.json</c> has of it.</summary>
public sealed partial class WordsTests
{
    static readonly string Pages = Path.Combine(Repository.Root, "src/Api/Pages");
    static readonly string Source = string.Concat(Directory.EnumerateFiles(Pages, "*", SearchOption.AllDirectories).Where(f => f.EndsWith(".razor", StringComparison.Ordinal) || f.EndsWith(".cs", StringComparison.Ordinal)).Select(File.ReadAllText));

    static Dictionary<string, string> Read(string file) => JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(Path.Combine(Pages, "Language", file)))!;

    [Fact]
    public void Everything_that_the_pages_say_is_said_in_Russian_too()
    {
        var said = Indexed().Matches(Source).Concat(Counted().Matches(Source)).Select(m => m.Groups[1].Value).Distinct();
        Assert.Empty(said.Except(Read("ru.json").Keys));
    }

    [Fact]
    public void Nothing_is_translated_that_nobody_says() =>
        Assert.All(Read("ru.json").Keys.Where(k => !EnumWord().IsMatch(k)), word => Assert.Contains($"\"{word}\"", Source, StringComparison.Ordinal));

    [Fact]
    public void A_translation_has_the_values_of_its_original() =>
        Assert.All(Read("ru.json"), pair => Assert.Equal(Values(pair.Key), Values(pair.Value)));

    [Fact]
    public void A_sentence_needs_no_value_that_its_original_does_not_give() =>
        Assert.All(Read("sentences.ru.json"), pair => Assert.Empty(Values(pair.Value).Except(Values(pair.Key))));

    [Fact]
    public void A_word_by_number_has_three_forms_in_Russian() =>
        Assert.All(Read("ru.json").Where(p => p.Key.Contains('|')), pair => Assert.Equal(3, pair.Value.Split('|').Length));

    static IEnumerable<string> Values(string text) => Value().Matches(text).Select(m => m.Value).Distinct().Order();

    [GeneratedRegex(@"\bW(?:ords)?\[""([^""]+)""")]
    private static partial Regex Indexed();

    [GeneratedRegex(@"\.Count\([^""\n]*, ""([^""]+)""\)")]
    private static partial Regex Counted();

    [GeneratedRegex(@"^[A-Z][A-Za-z]+\.[A-Z][A-Za-z]+$")]
    private static partial Regex EnumWord();

    [GeneratedRegex(@"\{\d(?=[:}])")]
    private static partial Regex Value();
}
