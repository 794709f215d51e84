using Carillon.Pacing.Floor;

namespace Carillon.PacingBench.Laws;

/// <summary>The laws under trial, by name. Each run makes its own.</summary>
static class LawCatalog
{
    public const double Cap = 0.03;

    /// <summary>As the law of the USA has it.</summary>
    public const int WindowDays = 30;

    /// <summary>Its name; its ratio is found by <see cref="Runs.Hindsight"/>.</summary>
    public const string FixedRatio = "ratio", Carillon = "carillon";

    static readonly (string Name, Func<double, IFloorLaw> Make)[] Known =
    [
        ("progressive", _ => new Progressive()),
        ("vicidial-hard", _ => new Vicidial(VicidialMethod.HardLimit, Cap)),
        ("vicidial-average", _ => new Vicidial(VicidialMethod.Average, Cap)),
        ("vicidial-tapered", _ => new Vicidial(VicidialMethod.Tapered, Cap)),
        ("issabel", _ => new Issabel()),
        ("webitel", _ => new Webitel(Cap, target: 0.025)),
        (FixedRatio, _ => throw new InvalidOperationException("Its ratio has to be found first.")),
        (Carillon, window => new PredictiveLaw(Cap, window)),
        ("oracle-a", window => new OracleA(Cap, window)),
        ("oracle-b", window => new OracleB(Cap, window)),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. Known.Select(law => law.Name)];

    /// <param name="windowDays">Over which Carillon keeps to the cap; the others know no window.</param>
    public static IFloorLaw Make(string name, int windowDays) => Known.First(law => law.Name == name).Make(windowDays * 86_400.0);

    /// <summary>Knows what no dialer can: shown, but no rival.</summary>
    public static bool IsOracle(string name) => name.StartsWith("oracle", StringComparison.Ordinal);
}
