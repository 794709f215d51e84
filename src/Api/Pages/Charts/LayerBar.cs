namespace Carillon.Api.Pages.Charts;

/// <param name="Title">What the pointer is told.</param>
/// <param name="Layers">How large each is, the largest first; the others lie before it.</param>
public sealed record LayerBar(string Name, string Title, IReadOnlyList<double> Layers);

/// <param name="Style">A class that colours it: empty for the calm one, <c>good</c>, <c>bad</c>, <c>talk</c>.</param>
public sealed record Layer(string Name, string Style);
