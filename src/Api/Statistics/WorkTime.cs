using System.Collections.Immutable;
using Carillon.Storage;

namespace Carillon.Api.Statistics;

/// <summary>
/// How agents spent their time, as their queues saw it: of the quarters of an hour that began in the period. A talk is of any call that keeps the agent's line busy, and
/// wrap-up is what the queue's settings say it is. Time in which a node, server or connection was lost is no time at work.
/// </summary>
public sealed record WorkTime
{
    /// <summary>Logged in: all of the following together.</summary>
    public TimeSpan AtWork => Free + Ringing + Talking + WrappingUp + Paused;
    public TimeSpan Free { get; init; }
    public TimeSpan Ringing { get; init; }
    public TimeSpan Talking { get; init; }
    public TimeSpan WrappingUp { get; init; }
    public TimeSpan Paused { get; init; }
    /// <summary>(talking + wrappingUp) / (atWork - paused), from 0 to 1; null: never at work but in pauses.</summary>
    public double? Utilisation => AtWork == Paused ? null : (Talking + WrappingUp) / (AtWork - Paused);
    /// <summary>Of the pauses, those that were given a reason, the longest first. By agent only.</summary>
    public ImmutableArray<PauseTime> Pauses { get; init; } = [];

    public static WorkTime Of(AgentTimeSums sums) =>
        new() { Free = sums.Free, Ringing = sums.Ringing, Talking = sums.Talking, WrappingUp = sums.WrappingUp, Paused = sums.Paused };

    /// <summary>Without reasons; null: there is none.</summary>
    public static WorkTime? Sum(IEnumerable<WorkTime?> times) => times.OfType<WorkTime>().Aggregate((WorkTime?)null, (sum, one) => sum is null ? one with { Pauses = [] } : new()
    {
        Free = sum.Free + one.Free,
        Ringing = sum.Ringing + one.Ringing,
        Talking = sum.Talking + one.Talking,
        WrappingUp = sum.WrappingUp + one.WrappingUp,
        Paused = sum.Paused + one.Paused,
    });
}

/// <param name="Reason">As the queue had it.</param>
public sealed record PauseTime(string Reason, TimeSpan Paused);
