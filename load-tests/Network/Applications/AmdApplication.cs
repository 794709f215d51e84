using System.Globalization;

namespace Carillon.Network;

/// <summary>AMD(initialSilence,greeting,afterGreetingSilence,totalAnalysisTime,…): right about people and machines, in the time that they take to show.</summary>
sealed class AmdApplication(Channel channel, string data, Action<ApplicationEnd> done) : WaitApplication(channel, Length(channel, data), done)
{
    static readonly TimeSpan Hello = TimeSpan.FromSeconds(1);

    protected override void Finish(ApplicationEnd end)
    {
        var (status, cause) = (end.Hangup, Channel.FarEnd.Answerer) switch
        {
            (true, _) => ("HANGUP", ""),
            (_, FateKind.Machine) => ("MACHINE", $"LONGGREETING-{Argument(data, 1, 1500)}-{Argument(data, 1, 1500)}"),
            (_, FateKind.Human or FateKind.EarlyHangup) => ("HUMAN", $"HUMAN-{Argument(data, 2, 800)}-{Argument(data, 2, 800)}"),
            _ => ("NOTSURE", $"TOOLONG-{Argument(data, 3, 5000)}"),
        };
        Channel.SetVariable("AMDSTATUS", status);
        Channel.SetVariable("AMDCAUSE", cause);
        base.Finish(end);
    }

    static TimeSpan Length(Channel channel, string data) => channel.FarEnd.Answerer switch
    {
        FateKind.Machine => TimeSpan.FromMilliseconds(Argument(data, 1, 1500)),
        FateKind.Human or FateKind.EarlyHangup => Hello + TimeSpan.FromMilliseconds(Argument(data, 2, 800)),
        _ => TimeSpan.FromMilliseconds(Argument(data, 3, 5000)),
    };

    static int Argument(string data, int place, int otherwise) =>
        data.Split(',') is var all && place < all.Length && int.TryParse(all[place], CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
