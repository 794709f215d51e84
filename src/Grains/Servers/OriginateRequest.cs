using System.Globalization;
using Carillon.Ami;

namespace Carillon.Servers;

/// <summary>Makes the AMI Originate of an order: application calls only, so that no dialplan has to be added.</summary>
static class OriginateRequest
{
    /// <summary>Null, and why, if a value could be read by Asterisk as more than it is.</summary>
    public static Originate? For(OriginateOrder order, TrunkConfig trunk, out string? problem)
    {
        var intent = order.Intent;
        problem = Unsafe(order.QueueName) ? $"the queue's name '{order.QueueName}' cannot be passed to Asterisk" : null;
        if (problem is not null) return null;
        var target = DialString.Format(trunk.DialString, intent.Number, order.Country);
        var agentFirst = order.AgentChannel is not null;
        return new()
        {
            Channel = order.AgentChannel ?? target,
            ChannelId = intent.Id.Value,
            OtherChannelId = order.AgentChannel?.StartsWith("Local/", StringComparison.OrdinalIgnoreCase) == true ? intent.Id.LegChannelId("b") : null,
            ActionId = intent.Id.Value,
            Application = agentFirst ? "Dial" : "Queue",
            Data = agentFirst ? $"{target},{Seconds(order.RingTimeout)}" : $"{order.QueueName},,,,{(order.QueueTimeout > TimeSpan.Zero ? Seconds(order.QueueTimeout) : "")}",
            CallerId = intent.CallerId ?? trunk.CallerId,
            Timeout = order.RingTimeout,
            Variables = new Dictionary<string, string> { ["CARILLON_ATTEMPT"] = intent.Id.Value },
        };
    }

    static string Seconds(TimeSpan time) => ((int)Math.Ceiling(time.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

    static bool Unsafe(string name) => name.Length == 0 || name.AsSpan().IndexOfAny(Separators) >= 0 || name.Any(char.IsControl);

    /// <summary>What ends or splits an application's argument, or begins an expression in it.</summary>
    static readonly System.Buffers.SearchValues<char> Separators = System.Buffers.SearchValues.Create(",;|&()[]{}$\"'\\^");
}
