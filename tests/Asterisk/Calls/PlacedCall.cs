using Carillon.Ami;
using Carillon.Ami.Events;
using Carillon.Lab;

namespace Carillon.Asterisk.Tests.Calls;

/// <summary>One originated call, told apart from all others by its own channel id.</summary>
sealed class PlacedCall(Listener listener, string id)
{
    public string Id { get; } = id;

    public Task<OriginateResponseEvent> Response => listener.Hears<OriginateResponseEvent>(e => e.ActionId == Id);

    public Task<HangupEvent> Hangup => listener.Hears<HangupEvent>(e => e.UniqueId == Id);

    public Task<NewstateEvent> Answer => listener.Hears<NewstateEvent>(e => e.UniqueId == Id && e.State == ChannelState.Up);

    public Task<NewstateEvent> Ringing => listener.Hears<NewstateEvent>(e => e.UniqueId == Id && e.State == ChannelState.Ringing);

    public Task<DialEndEvent> DialEnd => listener.Hears<DialEndEvent>(e => e.DestUniqueId == Id);

    public static Task<PlacedCall> To(Listener listener, int callee, int ring = 0, int talk = 0, string application = "Wait", string data = "30", TimeSpan? timeout = null) =>
        Place(listener, new Originate
        {
            Channel = Callee.OnTrunk(Callee.Number(callee, ring, talk)),
            ChannelId = NewId(),
            Application = application,
            Data = data,
            Timeout = timeout ?? TimeSpan.FromSeconds(20),
        });

    public static async Task<PlacedCall> Place(Listener listener, Originate call)
    {
        var result = await listener.Client.OriginateAsync(call);
        Assert.Equal(new OriginateResult.Accepted(call.ChannelId), result);
        return new PlacedCall(listener, call.ChannelId);
    }

    public static string NewId() => $"test-{Guid.NewGuid():N}";
}
