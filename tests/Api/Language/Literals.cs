using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Carillon.Api.Tests.Language;

/// <summary>The texts of one source file, put together as far as its syntax tells: what is interpolated, added, chosen by a condition, a constant or a one-line method of the file.</summary>
sealed class Literals
{
    /// <summary>Stands for what is only known when the program runs.</summary>
    public const string Value = "\uE000";

    readonly Dictionary<string, ExpressionSyntax> _named;
    readonly HashSet<SyntaxNode> _parts = [];
    readonly HashSet<ExpressionSyntax> _open = [];

    public Literals(SyntaxNode root)
    {
        IEnumerable<(string Name, ExpressionSyntax? Meant)> named = root.DescendantNodes().Select(node => node switch
        {
            VariableDeclaratorSyntax { Parent.Parent: FieldDeclarationSyntax field, Initializer.Value: var value } constant when field.Modifiers.Any(SyntaxKind.ConstKeyword) => ((string, ExpressionSyntax?))(constant.Identifier.Text, value),
            MethodDeclarationSyntax { ExpressionBody.Expression: var value } method => (method.Identifier.Text, value),
            LocalFunctionStatementSyntax { ExpressionBody.Expression: var value } method => (method.Identifier.Text, value),
            _ => default,
        });
        _named = named.Where(n => n.Meant is not null && HasText(n.Meant)).GroupBy(n => n.Name).Where(g => g.Count() == 1).ToDictionary(g => g.Key, g => g.Single().Meant!);
        var texts = root.DescendantNodes().OfType<ExpressionSyntax>().Where(IsText).Select(text => (Text: text, Alternatives: Alternatives(text))).ToList();
        Whole = [.. texts.Where(t => !_parts.Contains(t.Text))];
    }

    /// <summary>Every text that is not a part of another one, and what it can be.</summary>
    public IReadOnlyList<(ExpressionSyntax Text, IReadOnlyList<string> Alternatives)> Whole { get; }

    static bool IsText(ExpressionSyntax node) => node.IsKind(SyntaxKind.StringLiteralExpression) || node is InterpolatedStringExpressionSyntax || (node.IsKind(SyntaxKind.AddExpression) && node.ChildNodes().OfType<ExpressionSyntax>().Any(IsText));

    static bool HasText(ExpressionSyntax expression) => expression.DescendantNodesAndSelf().OfType<ExpressionSyntax>().Any(IsText);

    IReadOnlyList<string> Alternatives(ExpressionSyntax text) => text switch
    {
        LiteralExpressionSyntax literal when literal.IsKind(SyntaxKind.NullLiteralExpression) => [""],
        LiteralExpressionSyntax literal when literal.IsKind(SyntaxKind.StringLiteralExpression) => [literal.Token.ValueText],
        InterpolatedStringExpressionSyntax interpolated => interpolated.Contents.Aggregate((IReadOnlyList<string>)[""], (all, content) => Joined(all, Content(content))),
        ParenthesizedExpressionSyntax inner => Part(inner.Expression),
        ConditionalExpressionSyntax choice when HasText(choice) => [.. Part(choice.WhenTrue), .. Part(choice.WhenFalse)],
        SwitchExpressionSyntax choice when HasText(choice) => [.. choice.Arms.SelectMany(a => Part(a.Expression))],
        BinaryExpressionSyntax sum when sum.IsKind(SyntaxKind.AddExpression) && HasText(sum) => Joined(Part(sum.Left), Part(sum.Right)),
        BinaryExpressionSyntax other when other.IsKind(SyntaxKind.CoalesceExpression) && HasText(other.Right) => [Value, .. Part(other.Right)],
        // Text($"…"), string.Create(culture, $"…")
        InvocationExpressionSyntax { ArgumentList.Arguments: [.., { Expression: InterpolatedStringExpressionSyntax formatted }] } => Part(formatted),
        InvocationExpressionSyntax { Expression: IdentifierNameSyntax method } => Named(method),
        IdentifierNameSyntax name => Named(name),
        _ => [Value],
    };

    IReadOnlyList<string> Part(ExpressionSyntax text)
    {
        _parts.Add(text);
        return Alternatives(text);
    }

    IReadOnlyList<string> Named(IdentifierNameSyntax name)
    {
        if (!_named.TryGetValue(name.Identifier.Text, out var meant) || !_open.Add(meant)) return [Value];
        var all = Part(meant);
        _open.Remove(meant);
        return all;
    }

    IReadOnlyList<string> Content(InterpolatedStringContentSyntax content) => content switch
    {
        InterpolatedStringTextSyntax text => [text.TextToken.ValueText.Replace("{{", "{", StringComparison.Ordinal).Replace("}}", "}", StringComparison.Ordinal)],
        InterpolationSyntax { Expression: var value } => Part(value),
        _ => [""],
    };

    static IReadOnlyList<string> Joined(IReadOnlyList<string> left, IReadOnlyList<string> right) => [.. from l in left from r in right select l + r];
}
