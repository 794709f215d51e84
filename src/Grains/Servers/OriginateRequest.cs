using System.Globalization;
using Carillon.Ami;

namespace Carillon.Servers;

/// <summary>Makes the AMI Originate of an order: application calls only, so that no dialplan has to be added.</summary>
static class OriginateRequest
{
    /// <summary>Null, and why, if a value could be read by Asterisk as more than it is.</summary>
    /// <param name="order">The call.</param>
    /// <param name="trunk">Its way out.</param>
    /// <param name="commanded">Once answered it waits for commands of an <see cref="AnswerScript"/>.</param>
    /// <param name="agiContext">Where it does so; null: by the application itself.</param>
    /// <param name="problem">Why not.</param>
    public static Originate? For(OriginateOrder order, TrunkConfig trunk, bool commanded, string? agiContext, out string? problem)
    {
        var intent = order.Intent;
        problem = ProblemOf(order.Plan);
        if (problem is not null) return null;
        var target = DialString.Format(trunk.DialString, intent.Number, order.Country);
        var agentFirst = order.AgentChannel is not null;
        var place = agentFirst ? null : !commanded ? order.Plan.Place : agiContext is null ? null : new() { Context = agiContext };
        var (application, data) = agentFirst ? ("Dial", $"{target},{Seconds(order.RingTimeout)}") : commanded ? ("AGI", "agi:async") : Uncommanded(order.Plan);
        return new()
        {
            Channel = order.AgentChannel ?? target,
            ChannelId = intent.Id.Value,
            OtherChannelId = order.AgentChannel?.StartsWith("Local/", StringComparison.OrdinalIgnoreCase) == true ? intent.Id.LegChannelId("b") : null,
            ActionId = intent.Id.Value,
            Application = place is null ? application : null,
            Data = place is null ? data : null,
            Context = place?.Context,
            Exten = place?.Extension,
            Priority = place?.Priority ?? 1,
            CallerId = intent.CallerId ?? trunk.CallerId,
            Timeout = order.RingTimeout,
            Variables = Variables(intent.Id, order.Plan),
        };
    }

    /// <summary>What a dialplan may want to know.</summary>
    static Dictionary<string, string> Variables(AttemptId attempt, AnswerPlan plan)
    {
        var variables = new Dictionary<string, string> { ["CARILLON_ATTEMPT"] = attempt.Value };
        if (plan is { Connect: not null, QueueName: { } queue }) variables["CARILLON_QUEUE"] = queue;
        return variables;
    }

    static (string, string) Uncommanded(AnswerPlan plan) => plan.Agentless is { Message: { } message }
        ? ("Playback", message)
        : ("Queue", $"{plan.QueueName},,,,{(plan.QueueTimeout > TimeSpan.Zero ? Seconds(plan.QueueTimeout) : "")}");

    static string? ProblemOf(AnswerPlan plan) => plan switch
    {
        { Agentless: { Message: { } sound } agentless } => AnswerText.SoundProblem(sound) ?? (agentless.Keys is { } keys ? AnswerText.KeysProblem(keys) : null) ?? ProblemOf(plan.Detection),
        { Agentless: not null } => ProblemOf(plan.Place) ?? ProblemOf(plan.Detection),
        { QueueName: { } name } when !Unsafe(name) => ProblemOf(plan.Place) ?? ProblemOf(plan.Detection),
        _ => $"the queue's name '{plan.QueueName}' cannot be passed to Asterisk",
    };

    static string? ProblemOf(Campaigns.ConnectConfig? place) => place is null ? null : AnswerText.PlaceProblem(place.Context) ?? AnswerText.PlaceProblem(place.Extension);

    static string? ProblemOf(Campaigns.MachineDetection? detection) =>
        detection is { OnMachine: Campaigns.MachineAction.LeaveMessage } ? AnswerText.SoundProblem(detection.Message) : null;

    static string Seconds(TimeSpan time) => ((int)Math.Ceiling(time.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

    static bool Unsafe(string name) => name.Length == 0 || name.AsSpan().IndexOfAny(Separators) >= 0 || name.Any(char.IsControl);

    /// <summary>What ends or splits an application's argument, or begins an expression in it.</summary>
    static readonly System.Buffers.SearchValues<char> Separators = System.Buffers.SearchValues.Create(",;|&()[]{}$\"'\\^");
}
