using Carillon.Numbers;
using Orleans;

namespace Carillon.Leads;

/// <summary>One line of a number list that can become a lead.</summary>
/// <param name="Line">The line of the file, from 1.</param>
/// <param name="Number">The number, normalised.</param>
/// <param name="Data">
/// The other columns as the text of one JSON object with string values, as it is stored in <see cref="Lead.Data"/>'s column; null when the
/// line has none. Text, not a dictionary: of a million rows none but the few that people look at is ever taken apart.
/// </param>
/// <param name="OtherNumbers">Further numbers of the same person, as the text of one JSON array; null when there are none.</param>
/// <param name="CallOrder">See <see cref="Lead.CallOrder"/>.</param>
/// <param name="Agent">The id of the agent who is to call it.</param>
/// <param name="DialAt">Not to be called before; null, or in the past: due at once.</param>
/// <param name="Chance">See <see cref="Lead.Chance"/>.</param>
[GenerateSerializer, Immutable]
public readonly record struct NewLead(
    [property: Id(0)] int Line, [property: Id(1)] PhoneNumber Number, [property: Id(2)] string? Data = null, [property: Id(3)] string? OtherNumbers = null,
    [property: Id(4)] int? CallOrder = null, [property: Id(5)] string? Agent = null,
    [property: Id(6)] DateTimeOffset? DialAt = null, [property: Id(7)] double? Chance = null);
