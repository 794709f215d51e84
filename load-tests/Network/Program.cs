using System.Globalization;
using Carillon.Network;

var options = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
for (var i = 0; i + 1 < args.Length; i += 2) options[args[i]] = args[i + 1];
int Number(string name, int otherwise) => options.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

if (args.Length % 2 != 0 || options.Keys.Except(["--servers", "--agents", "--ami-port", "--seed", "--for", "--speed", "--spread"]).Any())
{
    Console.Error.WriteLine("usage: [--servers 2] [--agents 20] [--ami-port 15038] [--seed 1] [--speed 1] [--spread no|yes] [--for 60s]");
    Console.Error.WriteLine("--spread yes puts each agent on one server in turn; else every server knows every agent.");
    return 2;
}
var config = NetworkConfig.Of(Number("--servers", 2), Number("--agents", 20), Number("--seed", 1), Number("--ami-port", 15038),
    agentsOnEveryServer: options.GetValueOrDefault("--spread") != "yes") with
{
    Speed = double.Parse(options.GetValueOrDefault("--speed", "1"), CultureInfo.InvariantCulture),
    Log = new NetworkLogConfig(Capacity: 100_000),
};
var duration = options.TryGetValue("--for", out var seconds)
    ? TimeSpan.FromSeconds(double.Parse(seconds.TrimEnd('s'), CultureInfo.InvariantCulture))
    : Timeout.InfiniteTimeSpan;

await using var network = new TelephoneNetwork(config).Start();
foreach (var server in network.Servers)
{
    Console.WriteLine($"{server.Name}: AMI {server.AmiEndPoint}, user {server.Config.Users[0].Name}, secret {server.Config.Users[0].Secret}, dial PJSIP/<number>@{server.Trunks[0].Name}, queue {server.Config.Queues[0].Name}");
}
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    stop.Cancel();
};
await Task.Delay(duration, TimeProvider.System, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
Console.WriteLine($"calls {network.Log.Placed}, answered {network.Log.Answered}, with an agent {network.Log.Connected}, abandoned {network.Log.Abandoned}");
return 0;
