using System.Globalization;

namespace Carillon.Demo;

/// <summary>For pipes and logs: one line every five seconds.</summary>
sealed class PlainLines : IDisplay
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    TimeSpan _next;
    string _status = "";

    public void Show(Sight now, TimeSpan elapsed, bool isDraining)
    {
        var p = now.Progress;
        if (elapsed < _next && p.Status == _status) return;
        (_next, _status) = (elapsed + Interval, p.Status);
        var outcomes = string.Join(", ", p.Outcomes.Where(o => o.Value > 0).OrderByDescending(o => o.Value).Select(o => $"{o.Value} {o.Key}"));
        var end = p.EstimatedEnd is { } at ? $", through about {at.ToLocalTime():HH:mm}" : "";
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{elapsed:hh\\:mm\\:ss} {p.Status}: dialing {p.Dialing}, ringing {p.Ringing}, waiting {p.Waiting}, talking {p.Talking}, free agents {now.AgentsFree} of {now.Agents.Count}; {p.LeadsThrough} of {p.LeadsInAll} numbers, {p.CallsPerMinute} calls/min{end}; {(outcomes.Length > 0 ? outcomes : "no call has ended")}. {p.Why}"));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
