using Carillon.Api.Problems;
using Carillon.Numbers;

namespace Carillon.Api.Leads;

/// <summary>Numbers that clients send.</summary>
static class Numbers
{
    /// <summary>By whose plan national numbers are read where neither a campaign nor the client says it.</summary>
    public const string Country = "RU";

    public static PhoneNumber Read(string? text, string country, string field)
    {
        var errors = new FieldErrors();
        var number = Read(text, country, field, errors);
        errors.ThrowIfAny();
        return number;
    }

    /// <summary>Whether national numbers of this country can be read.</summary>
    public static void CheckCountry(string country, FieldErrors errors) =>
        errors.AddIf(!NumberingPlan.IsKnownCountry(country), "country", $"The numbering plan of {country} is not known; use a code such as RU.");

    public static PhoneNumber Read(string? text, string country, string field, FieldErrors errors)
    {
        if (!NumberingPlan.TryNormalize(text, country, out var number, out var problem)) errors.Add(field, $"The number {problem}.");
        return number;
    }
}
