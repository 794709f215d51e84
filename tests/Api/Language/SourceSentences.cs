using System.Text.Json;
using System.Text.RegularExpressions;
using Carillon.TestKit;
using Microsoft.CodeAnalysis.CSharp;

namespace Carillon.Api.Tests.Language;

/// <summary>A sentence, or a part of one, as a source file has it.</summary>
/// <param name="Place">File and line.</param>
/// <param name="Text">With <c>{0}</c>, <c>{1}</c> for its values.</param>
sealed partial record SourceSentence(string Place, string Text)
{
    public bool HasWords => Text.Contains(' ', StringComparison.Ordinal) && Word().IsMatch(Text);

    /// <summary>As it may arrive: each value is a number, which is no word that could stay untold.</summary>
    public string Example => Value().Replace(Text, "7");

    [GeneratedRegex("[A-Za-z]{2}")]
    private static partial Regex Word();

    [GeneratedRegex(@"\{\d+}")]
    private static partial Regex Value();
}

/// <summary>What the sources say: the texts of C# that may reach people, each alternative of one by itself, and what laws and calendars say of themselves.</summary>
static class SourceSentences
{
    static readonly string[] Projects = ["Ami", "Api", "Grains", "Grains.Interfaces", "Lists", "Pacing"];

    /// <summary>All texts, also single words.</summary>
    public static IReadOnlyList<SourceSentence> Texts { get; } = [.. Files("*.cs").AsParallel().AsOrdered().SelectMany(f => OfCode(Name(f), File.ReadAllText(f))), .. Files("*.json").SelectMany(OfData)];

    public static IEnumerable<SourceSentence> OfCode(string file, string source)
    {
        var tree = CSharpSyntaxTree.ParseText(source);
        return from whole in new Literals(tree.GetRoot()).Whole
               where !Unsaid.ByWhereItStands(whole.Text)
               from alternative in whole.Alternatives
               select new SourceSentence($"{file}:{tree.GetLineSpan(whole.Text.Span).StartLinePosition.Line + 1}", Numbered(alternative));
    }

    static IEnumerable<SourceSentence> OfData(string file)
    {
        using var data = JsonDocument.Parse(File.ReadAllText(file));
        foreach (var item in data.RootElement.ValueKind == JsonValueKind.Array ? [.. data.RootElement.EnumerateArray()] : new[] { data.RootElement })
        {
            if (item.ValueKind != JsonValueKind.Object) continue;
            if (item.TryGetProperty("title", out var title)) yield return new(Name(file), title.GetString()!);
            if (item.TryGetProperty("note", out var note)) yield return new(Name(file), note.GetString()!);
        }
    }

    static IEnumerable<string> Files(string pattern) =>
        Projects.SelectMany(p => Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", p), pattern, SearchOption.AllDirectories)).Where(f => !f.Split(Path.DirectorySeparatorChar).Contains("obj"));

    static string Name(string file) => Path.GetRelativePath(Repository.Root, file);

    static string Numbered(string text)
    {
        var value = 0;
        return string.Concat(text.Split(Literals.Value).SelectMany((piece, i) => i == 0 ? [piece] : new[] { $"{{{value++}}}", piece })).Trim(' ', ',', ';', ':', '(', '\n');
    }
}
