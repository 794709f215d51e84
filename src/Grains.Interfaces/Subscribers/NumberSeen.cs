using Orleans;

namespace Carillon.Subscribers;

/// <summary>What was known of a number's calls when one more was allowed: caps and gaps hold if nothing has come to these since.</summary>
/// <param name="Since">Calls from then on.</param>
/// <param name="Calls">So many.</param>
[GenerateSerializer, Immutable]
public readonly record struct NumberSeen([property: Id(0)] DateTimeOffset Since, [property: Id(1)] int Calls);
