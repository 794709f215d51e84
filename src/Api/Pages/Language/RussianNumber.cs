using System.Globalization;

namespace Carillon.Api.Pages.Language;

/// <summary>Which of three words goes with a number: 1 звонок, 2 звонка, 5 звонков.</summary>
static class RussianNumber
{
    public static int Form(long number) => (number % 10, number % 100) switch
    {
        (_, >= 11 and <= 14) => 2,
        (1, _) => 0,
        ( >= 2 and <= 4, _) => 1,
        _ => 2,
    };

    /// <summary>Of a number as a sentence has it: a fraction goes with the form of 2.</summary>
    public static int Form(string number) =>
        long.TryParse(number, NumberStyles.Integer | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var whole) ? Form(whole)
        : decimal.TryParse(number, CultureInfo.InvariantCulture, out _) ? 1 : 2;
}
