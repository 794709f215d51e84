using Carillon.Api.Problems;
using Carillon.Numbers;

namespace Carillon.Api.Leads;

/// <summary>Numbers that clients send.</summary>
static class Numbers
{
    public static PhoneNumber Read(string? text, string country, string field)
    {
        var errors = new FieldErrors();
        var number = Read(text, country, field, errors);
        errors.ThrowIfAny();
        return number;
    }

    public static PhoneNumber Read(string? text, string country, string field, FieldErrors errors)
    {
        if (!NumberingPlan.TryNormalize(text, country, out var number, out var problem)) errors.Add(field, $"The number {problem}.");
        return number;
    }
}
