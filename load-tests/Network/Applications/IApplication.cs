namespace Carillon.Network;

/// <summary>How an application left its channel.</summary>
/// <param name="Hangup">The channel is over; else the dialplan goes on.</param>
readonly record struct ApplicationEnd(bool Hangup, int Cause = Causes.Unknown, int Sip = 0);

/// <summary>A dialplan application that runs on an answered leg until it calls back.</summary>
interface IApplication : IChannelOwner
{
    void Start();

    /// <summary>The channel is taken away to run something else: whatever the application held for it is let go, the channel lives on.</summary>
    void Detach();
}

static class Applications
{
    /// <summary>The simulated applications; anything else ends at once, as an application that does nothing audible.</summary>
    public static IApplication Create(string name, string data, Channel channel, Action<ApplicationEnd> done) => name.ToUpperInvariant() switch
    {
        "QUEUE" => new QueueApplication(channel, data, done),
        "DIAL" => new DialApplication(channel, data, done),
        "WAIT" => new WaitApplication(channel, Seconds(data), done),
        "PLAYBACK" => new WaitApplication(channel, TimeSpan.FromSeconds(3), done),
        "ECHO" or "MILLIWATT" or "MUSICONHOLD" => new WaitApplication(channel, null, done),
        "WAITFORSILENCE" => new WaitApplication(channel, TimeSpan.FromSeconds(6), done),
        "AMD" => new AmdApplication(channel, data, done),
        "AGI" when data.StartsWith("agi:async", StringComparison.OrdinalIgnoreCase) => new AsyncAgiApplication(channel, done),
        "HANGUP" => new WaitApplication(channel, TimeSpan.Zero, _ => done(new(true, int.TryParse(data, out var cause) ? cause : Causes.NormalClearing))),
        _ => new WaitApplication(channel, TimeSpan.Zero, done),
    };

    static TimeSpan Seconds(string data) =>
        TimeSpan.FromSeconds(double.TryParse(data, System.Globalization.CultureInfo.InvariantCulture, out var seconds) ? seconds : 0);
}
