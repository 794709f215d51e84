using Carillon.Ami;
using Carillon.Ami.Events;

namespace Carillon.Servers;

/// <summary>What a trunk could dial through.</summary>
sealed partial class ServerGrain
{
    public async Task<ServerEndpoints> ListEndpoints()
    {
        if (_link.Client is not { } client || !IsOnline) return new() { Problem = $"server {Id} is not online" };
        // Any dialer's user may ask for this list; those of endpoints and peers themselves need 'system', which lets a user run programs.
        var list = await client.ListAsync(Actions.DeviceStateList(), CancellationToken.None);
        if (!list.Whole) return new() { Problem = $"Asterisk does not tell its endpoints: {list.Message}" };
        return new()
        {
            Endpoints =
            [
                .. list.Rows.OfType<DeviceStateChangeEvent>().Where(d => !_members.Has(d.Device)).DistinctBy(d => d.Device)
                    .Select(d => TrunkReach.DialStringOf(d.Device) is { } dial ? new ServerEndpoint(d.Device, dial, TrunkReach.Of(d.Device, d.State)?.IsReachable) : null)
                    .OfType<ServerEndpoint>().OrderBy(e => e.Name, StringComparer.Ordinal).Take(ServerEndpoints.Most),
            ],
        };
    }
}
