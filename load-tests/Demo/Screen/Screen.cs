using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;
using Progress = Carillon.RealNode.Progress;

namespace Carillon.Demo;

/// <summary>The live screen: 80 to 96 columns by 23 lines, redrawn in place.</summary>
sealed class Screen : IDisplay
{
    const int LeftWidth = 40;
    const int HistoryLength = 40;
    static readonly int Width = Math.Clamp(AnsiConsole.Profile.Width, 80, 96);

    readonly Queue<int> _history = new();
    readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource<LiveDisplayContext> _live = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly Task _display;
    readonly string _campaign;
    readonly Uri _url;
    readonly double _speed;
    readonly string _signIn;

    /// <param name="signIn">How to, in a few words: what was said before the screen may have left the terminal.</param>
    public Screen(string campaign, Uri url, double speed, string signIn)
    {
        (_campaign, _url, _speed, _signIn) = (campaign, url, speed, signIn);
        _display = AnsiConsole.Live(new Text("")).Overflow(VerticalOverflow.Crop).StartAsync(async live =>
        {
            _live.SetResult(live);
            await _closed.Task;
        });
    }

    public void Show(Sight now, TimeSpan elapsed, bool isDraining)
    {
        _history.Enqueue(now.Progress.CallsPerMinute);
        if (_history.Count > HistoryLength) _history.Dequeue();
        if (!_live.Task.IsCompletedSuccessfully) return;
        _live.Task.Result.UpdateTarget(Draw(now, elapsed, isDraining));
    }

    Rows Draw(Sight now, TimeSpan elapsed, bool isDraining) => new(
        Line($"[bold]Carillon[/]  [link]{Markup.Escape(_url.ToString())}[/]", Invariant($"[grey]simulated network, {_speed:0.#}× faster than life[/]   [bold]{elapsed:hh\\:mm\\:ss}[/]")),
        Campaign(now.Progress),
        new Columns(Calls(now), Outcomes(now.Progress)) { Expand = false, Padding = new(0, 0, 0, 0) },
        Floor(now),
        // As wide as the screen, so that it covers the ^C that a terminal echoes.
        new Text((isDraining ? " No new calls; the last ones may end. Ctrl-C again ends at once." : $" Sign in as {_signIn}. Ctrl-C lets calls end and stops.").PadRight(Width), isDraining ? Spectre.Console.Color.Yellow : Spectre.Console.Color.Grey));

    Panel Campaign(Progress p)
    {
        var bars = Width - 38;
        var share = p.LeadsInAll == 0 ? 0 : (double)p.LeadsThrough / p.LeadsInAll;
        var end = p.EstimatedEnd is { } at ? Invariant($", through about {at.ToLocalTime():HH:mm}") : "";
        var grid = Grid(7, Width - 13)
            .AddRow(Grey("List"), new Markup(Invariant($"[green]{Bar.Of(share, bars).PadRight(bars, '░')}[/] {p.LeadsThrough:N0} of {p.LeadsInAll:N0}")))
            .AddRow(Grey("Pace"), new Markup(Invariant($"[blue]{Bar.Curve(_history)}[/] {p.CallsPerMinute} calls/min{end}")))
            .AddRow(Grey("Why"), new Markup(Markup.Escape(Clip(p.Why, 2 * (Width - 14)))));
        return Framed(grid, $"{Markup.Escape(_campaign)}: {p.Status}", Width, 6);
    }

    static Panel Calls(Sight now)
    {
        var p = now.Progress;
        var grid = Grid(13, 5, LeftWidth - 24);
        var most = Math.Max(8, new[] { p.Dialing, p.Ringing, p.Waiting, p.Talking, now.Agents.Count }.Max());
        Row("Dialing", p.Dialing, "grey");
        Row("Ringing", p.Ringing, "yellow");
        Row("Waiting", p.Waiting, "red");
        Row("Talking", p.Talking, "green");
        Row("Free agents", now.AgentsFree, "blue");
        return Framed(grid, "Now", LeftWidth, 9);

        void Row(string name, int count, string color) => grid.AddRow(new Markup(name), Count(count), new Markup($"[{color}]{Bar.Of((double)count / most, LeftWidth - 25)}[/]"));
    }

    static Panel Outcomes(Progress p)
    {
        var bars = Width - LeftWidth - 35;
        var ended = Math.Max(1, p.Outcomes.Values.Sum());
        var grid = Grid(14, 6, 5, bars + 1);
        foreach (var (outcome, count) in p.Outcomes.Where(o => o.Value > 0).OrderByDescending(o => o.Value).Take(7))
        {
            var share = (double)count / ended;
            grid.AddRow(new Markup(Words(outcome)), Count(count), Grey(Invariant($"{share * 100,3:0}%")), new Markup($"[{Color(outcome)}]{Bar.Of(share * 2, bars)}[/]"));
        }
        if (p.Outcomes.Count == 0) grid.AddRow(Grey("none yet"));
        return Framed(grid, Invariant($"Outcomes of {p.Outcomes.Values.Sum():N0} calls"), Width - LeftWidth, 9);
    }

    static Panel Floor(Sight now)
    {
        var agents = string.Join(' ', now.Agents.OrderBy(a => a.Name.Length).ThenBy(a => a.Name, StringComparer.Ordinal).Select(Dot));
        var servers = string.Join("   ", now.Servers.Select((s, i) => Invariant($"pbx{i + 1} [{(s.State == "Online" ? "green" : "red")}]{s.State}[/] {s.Calls.Values.Sum()} calls")));
        var grid = Grid(8, Width - 14)
            .AddRow(Grey("Agents"), new Markup($"{agents}   [green]●[/] [grey]talks[/] [yellow]◐[/] [grey]rings[/] [blue]○[/] [grey]free[/] [grey]· wraps up[/]"))
            .AddRow(Grey("Servers"), new Markup(servers));
        return Framed(grid, "Floor", Width, 4);
    }

    static string Dot(AgentNow agent) => (agent.Status, agent.State) switch
    {
        ("Paused", "Idle") or (_, "WrapUp") => "[grey]·[/]",
        ("LoggedOut", _) => " ",
        (_, "Talking") => "[green]●[/]",
        (_, "Ringing" or "Reserved") => "[yellow]◐[/]",
        _ => "[blue]○[/]",
    };

    static string Color(string outcome) => outcome switch
    {
        "HumanAnswered" => "green",
        "Abandoned" or "Failed" or "Unknown" => "red",
        "Machine" => "blue",
        _ => "grey",
    };

    /// <summary>HumanAnswered becomes Human answered.</summary>
    static string Words(string name) => string.Concat(name.Select((c, i) => i > 0 && char.IsUpper(c) ? " " + char.ToLowerInvariant(c) : c.ToString()));

    static string Clip(string text, int length) => text.Length <= length ? text : text[..(length - 1)] + "…";

    static Markup Grey(string text) => new($"[grey]{text}[/]");

    static Markup Count(long count) => new Markup(Invariant($"[bold]{count:N0}[/]")).RightJustified();

    static Grid Grid(params ReadOnlySpan<int> widths)
    {
        var grid = new Grid();
        foreach (var width in widths) grid.AddColumn(new GridColumn { Width = width, Padding = new(0, 0, 1, 0), NoWrap = false });
        return grid;
    }

    static Grid Line(string left, string right)
    {
        var grid = new Grid { Width = Width };
        grid.AddColumn(new GridColumn { Padding = new(1, 0, 0, 0) }).AddColumn(new GridColumn { Padding = new(0, 0, 1, 0), Alignment = Justify.Right });
        return grid.AddRow(left, right);
    }

    static Panel Framed(IRenderable content, string title, int width, int height) => new(content)
    {
        Header = new($"┤ {title} ├"),
        Border = BoxBorder.Rounded,
        BorderStyle = new(foreground: Spectre.Console.Color.Grey),
        Width = width,
        Height = height,
    };

    static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        _closed.TrySetResult();
        await _display;
    }
}
