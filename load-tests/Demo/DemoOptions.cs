namespace Carillon.Demo;

/// <summary>What the demo was asked for.</summary>
sealed record DemoOptions
{
    public const string Help = """
        carillon demo: a node, a simulated telephone network and a sample campaign.

          --data FOLDER   where the node and the demo keep their files (default ./data)
          --port N        port of the API (default 8080; 0: a free one)
          --for 60s       end by itself after this time (s, m, h) with a summary
          --speed N       how many times faster than life the network runs (default 4; 0.1 to 20)
          --help          this page
        """;

    public string Data { get; private init; } = "data";
    public int Port { get; private init; } = 8080;
    public double Speed { get; private init; } = 4;
    public TimeSpan For { get; private init; } = Timeout.InfiniteTimeSpan;

    /// <exception cref="NodeRefused">An argument cannot be understood.</exception>
    public static DemoOptions Read(IReadOnlyList<string> args)
    {
        var options = new DemoOptions();
        for (var i = 0; i < args.Count; i++)
        {
            var (name, given) = args[i].Split('=', 2) is [var left, var right] ? (left, right) : (args[i], null);
            if (name is not ("--data" or "--port" or "--for" or "--speed")) throw new NodeRefused($"There is no switch {name}; --help shows them all.");
            var value = given ?? (++i < args.Count ? args[i] : throw new NodeRefused($"The switch {name} needs a value."));
            options = name switch
            {
                "--data" => options with { Data = value },
                "--port" => options with { Port = Switches.Port(value) ?? throw Wrong(name, value, "a port, 0 to 65535") },
                "--speed" => options with { Speed = Switches.Number(value, 0.1, 20) ?? throw Wrong(name, value, "a number from 0.1 to 20") },
                _ => options with { For = Switches.Duration(value) ?? throw Wrong(name, value, "a time such as 60s, 5m or 2h") },
            };
        }
        return options;
    }

    static NodeRefused Wrong(string name, string value, string wanted) => new($"{name} must be {wanted}; it is {value}.");
}
