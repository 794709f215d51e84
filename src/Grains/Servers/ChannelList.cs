using Carillon.Ami.Events;

namespace Carillon.Servers;

/// <summary>A server's channels of one moment, found by what calls know of them: a busy server has thousands, and as many calls are compared with them.</summary>
sealed class ChannelList(IReadOnlyList<CoreShowChannelEvent> channels)
{
    readonly Dictionary<string, CoreShowChannelEvent> _byId = channels.DistinctBy(c => c.UniqueId).ToDictionary(c => c.UniqueId, StringComparer.Ordinal);
    readonly ILookup<string, CoreShowChannelEvent> _byLink = channels.ToLookup(c => c.LinkedId, StringComparer.Ordinal);
    readonly ILookup<string, CoreShowChannelEvent> _byBridge = channels.Where(c => c.BridgeId.Length > 0).ToLookup(c => c.BridgeId, StringComparer.Ordinal);

    public CoreShowChannelEvent? Find(string uniqueId) => _byId.GetValueOrDefault(uniqueId);

    /// <summary>Another channel of the call that began with this one.</summary>
    public CoreShowChannelEvent? LinkedTo(string uniqueId) => _byLink[uniqueId].FirstOrDefault(c => c.UniqueId != uniqueId);

    public CoreShowChannelEvent? InBridgeWith(CoreShowChannelEvent channel) => _byBridge[channel.BridgeId].FirstOrDefault(c => c.UniqueId != channel.UniqueId);
}
