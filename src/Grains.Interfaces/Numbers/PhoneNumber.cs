using Orleans;

namespace Carillon.Numbers;

/// <summary>A phone number in E.164 with its plus sign, such as <c>+74959898533</c>. Made by <see cref="NumberingPlan"/>, or parsed from what was stored.</summary>
[GenerateSerializer, Immutable]
public readonly record struct PhoneNumber([property: Id(0)] string Value)
{
    /// <summary>The digits without the plus sign, as most dial strings want them.</summary>
    public string Digits => Value[1..];

    /// <summary>For logs and metrics: the country and the last two digits stay.</summary>
    public string Masked => Value.Length < 6 ? "+***" : string.Concat(Value.AsSpan(0, 2), new string('*', Value.Length - 4), Value.AsSpan(Value.Length - 2));

    public override string ToString() => Value;
}
