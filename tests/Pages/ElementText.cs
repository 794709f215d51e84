using AngleSharp.Dom;

namespace Carillon.Pages.Tests;

static class ElementText
{
    /// <summary>What is read of it: without icons, and with one blank between what stands in elements of its own.</summary>
    public static string Said(this INode node) => string.Join(' ', string.Concat(Texts(node)).Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));

    static IEnumerable<string> Texts(INode node) => node switch
    {
        IText text => [text.Data],
        IElement element when element.GetAttribute("aria-hidden") == "true" => [],
        _ => [" ", .. node.ChildNodes.SelectMany(Texts), " "],
    };
}
