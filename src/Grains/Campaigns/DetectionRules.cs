using System.Globalization;

namespace Carillon.Campaigns;

/// <summary>What AMD costs the pace, in words.</summary>
static class DetectionRules
{
    /// <param name="seen">Null while it has judged no call.</param>
    public static string Explain(DetectionProgress? seen) => seen is null
        ? "Machine detection is on and has judged no call yet."
        : string.Create(CultureInfo.InvariantCulture,
            $"Machine detection takes {seen.Delay.TotalSeconds:0.0} s from the answer until a call is ready for an agent, and {seen.Machines} of {seen.Humans + seen.Machines + seen.NotSure} answers were machines.");
}
