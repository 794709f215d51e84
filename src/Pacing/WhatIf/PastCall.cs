namespace Carillon.Pacing.WhatIf;

/// <summary>A call as it was, from which calls to come are drawn. Durations are in seconds.</summary>
/// <param name="Attempt">Which attempt of its lead it was, from 1.</param>
/// <param name="Hour">Of the campaign's clock when it was placed, 0 to 23.</param>
/// <param name="Answered">Somebody answered who wanted an agent.</param>
/// <param name="Rang">Until the answer, or until the line was free again without one.</param>
/// <param name="Ready">From the answer until it wanted an agent: what a machine detection took.</param>
/// <param name="Talk">With an agent; null: it met none.</param>
/// <param name="Failed">The network refused it.</param>
/// <param name="Outcome">How it ended, in the caller's own code.</param>
public readonly record struct PastCall(int Attempt, int Hour, bool Answered, double Rang, double Ready = 0, double? Talk = null, bool Failed = false, int Outcome = 0);
