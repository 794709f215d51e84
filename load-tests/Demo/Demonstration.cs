using System.Diagnostics;
using System.Globalization;
using Carillon.Network;

namespace Carillon.Demo;

/// <summary>One run: network, node, campaign, what can be seen of it, and the end of it all.</summary>
sealed class Demonstration(DemoOptions options, Interrupts interrupts)
{
    /// <summary>How long calls may go on after <c>--for</c> is over.</summary>
    static readonly TimeSpan LastCalls = TimeSpan.FromSeconds(20);

    static readonly TimeSpan ServersLimit = TimeSpan.FromSeconds(30);

    readonly long _started = Stopwatch.GetTimestamp();

    public async Task Run()
    {
        await using var network = DemoNetwork.Start(options.Speed);
        var access = new AdminKey(options.Data);
        await using var node = await StartNode(access);
        interrupts.AtOnce = node.KillAtOnce;
        using var api = new NodeApi(node.Url);
        await access.SignIn(api);
        var setup = new DemoSetup(api);
        var (campaign, name, imported) = await setup.Run(network);
        Announce(node, access, name, imported);

        var watch = new Watch(api, campaign, setup.Queue, setup.Servers);
        await UntilOnline(watch);
        await Start(api, campaign);
        IDisplay display = Console.IsOutputRedirected ? new PlainLines() : new Screen(name, node.Url, options.Speed, access.Spoken);
        await using (display) await Follow(api, campaign, node, watch, display);

        var last = await watch.Look();
        var code = await node.StopAsync();
        Say(Summary(name, last.Progress, Stopwatch.GetElapsedTime(_started)));
        if (code != 0) throw new NodeRefused($"The node did not end well (exit code {code?.ToString(CultureInfo.InvariantCulture) ?? "none, it was killed"}); see {LogFile}.");
    }

    string LogFile => Path.Combine(options.Data, "node.log");

    Task<NodeProcess> StartNode(AdminKey access)
    {
        var environment = new Dictionary<string, string>();
        if (access.Password is { } password) environment["CARILLON_ADMIN_PASSWORD"] = password;
        return NodeProcess.StartAsync(["--data", options.Data, "--port", options.Port.ToString(CultureInfo.InvariantCulture)], environment, LogFile, interrupts.Asked);
    }

    void Announce(NodeProcess node, AdminKey access, string name, ImportReport? imported)
    {
        Say($"Wallboard {node.Url} in your browser, in English or Russian");
        Say(access.Password is { } password ? $"Sign-in   login {AdminKey.Login}, password {password} (shown this once)" : $"Sign-in   login {AdminKey.Login}, with the password that the first run showed; forgotten: --data with another folder begins anew");
        Say("End       Ctrl-C lets the calls end and stops; twice: at once. The same command goes on where it stopped");
        Say($"Data      {Path.GetFullPath(options.Data)}, with {Path.GetFileName(LogFile)}");
        Say(string.Create(CultureInfo.InvariantCulture, $"Network   two simulated Asterisk servers, {DemoNetwork.Agents} agents; everything runs {options.Speed:0.#} times faster than life"));
        if (imported is null) Say($"List      campaign {name} of an earlier run goes on where it stopped");
        else Say(Imported(imported));
        Say("");
    }

    static string Imported(ImportReport report)
    {
        var example = report.InvalidLines.Count == 0 ? "" : $" (line {report.InvalidLines[0].Line}: {report.InvalidLines[0].Reason.TrimEnd('.')})";
        return string.Create(CultureInfo.InvariantCulture, $"List      sample.csv: {report.Imported:N0} numbers imported, {report.Duplicates} duplicates, {report.Invalid} invalid{example}");
    }

    /// <summary>A campaign started before its servers are connected would only say that it waits for them.</summary>
    async Task UntilOnline(Watch watch)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var servers = (await watch.Look()).Servers;
            if (servers.All(s => s.State == "Online")) return;
            if (Stopwatch.GetElapsedTime(started) > ServersLimit)
                throw new NodeRefused(string.Join('\n', servers.Where(s => s.State != "Online").Select(s => $"The server {s.Server} is {s.State}: {s.Problem}")));
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, interrupts.Asked);
        }
    }

    static async Task Start(NodeApi api, string campaign)
    {
        if ((await api.Get<Progress>($"campaigns/{campaign}/progress")).Status != "Running") await api.Post<Commanded>($"campaigns/{campaign}/start");
    }

    /// <summary>Shows the campaign until it is through, its time is over or somebody has had enough; then lets calls end.</summary>
    async Task Follow(NodeApi api, string campaign, NodeProcess node, Watch watch, IDisplay display)
    {
        TimeSpan? drainingSince = null;
        while (true)
        {
            if (node.HasExited) throw new NodeRefused($"The node has ended by itself; see {LogFile}.");
            var now = await watch.Look();
            display.Show(now, Stopwatch.GetElapsedTime(_started), drainingSince is not null);
            if (now.Progress.Status is "Finished" or "Stopped") return;
            var elapsed = Stopwatch.GetElapsedTime(_started);
            var timeIsOver = options.For > TimeSpan.Zero && elapsed >= options.For;
            if (drainingSince is null && (interrupts.Asked.IsCancellationRequested || timeIsOver))
            {
                await api.Post<Commanded>($"campaigns/{campaign}/drain");
                drainingSince = elapsed;
            }
            if (timeIsOver && elapsed - drainingSince > LastCalls) return;
            await Pause(drainingSince is null);
        }
    }

    async Task Pause(bool untilAsked)
    {
        var second = Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, untilAsked ? interrupts.Asked : CancellationToken.None);
        await second.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    static string Summary(string name, Progress progress, TimeSpan elapsed)
    {
        var ended = progress.Outcomes.Values.Sum();
        var outcomes = string.Join(", ", progress.Outcomes.Where(o => o.Value > 0).OrderByDescending(o => o.Value).Select(o => $"{o.Value} {o.Key}"));
        var rest = progress.Calls > 0 ? $" {progress.Calls} calls were still running: the next run on these data finds out what became of them." : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"{name}: {ended} calls ended in {elapsed:m\\:ss}{(ended > 0 ? $" ({outcomes})" : "")}; {progress.LeadsThrough:N0} of {progress.LeadsInAll:N0} numbers are through.{rest}");
    }

    static void Say(string line) => Console.WriteLine(line);
}
