using Carillon.Pacing.Floor;

namespace Carillon.PacingBench.Laws;

/// <summary>The laws under trial, by name. Each run makes its own.</summary>
static class LawCatalog
{
    public const double Cap = 0.03;

    /// <summary>Thirty days, as the law of the USA has it.</summary>
    public const double Window = 30 * 86_400.0;

    /// <summary>Its name; its ratio is found by <see cref="Runs.Hindsight"/>.</summary>
    public const string FixedRatio = "ratio", Carillon = "carillon";

    static readonly (string Name, Func<IFloorLaw> Make)[] Known =
    [
        ("progressive", () => new Progressive()),
        ("vicidial-hard", () => new Vicidial(VicidialMethod.HardLimit, Cap)),
        ("vicidial-average", () => new Vicidial(VicidialMethod.Average, Cap)),
        ("vicidial-tapered", () => new Vicidial(VicidialMethod.Tapered, Cap)),
        ("issabel", () => new Issabel()),
        ("webitel", () => new Webitel(Cap, target: 0.025)),
        (FixedRatio, () => throw new InvalidOperationException("Its ratio has to be found first.")),
        (Carillon, () => new PredictiveLaw(Cap, Window)),
        ("oracle-a", () => new OracleA(Cap, Window)),
        ("oracle-b", () => new OracleB(Cap, Window)),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. Known.Select(law => law.Name)];

    public static IFloorLaw Make(string name) => Known.First(law => law.Name == name).Make();

    /// <summary>Knows what no dialer can: shown, but no rival.</summary>
    public static bool IsOracle(string name) => name.StartsWith("oracle", StringComparison.Ordinal);
}
