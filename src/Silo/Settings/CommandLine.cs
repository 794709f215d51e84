using System.Globalization;

namespace Carillon.Silo;

/// <summary>The node's switches, as settings.</summary>
static class CommandLine
{
    public const string Help = """
        Carillon, a distributed dialer for Asterisk: one node, by itself or of a cluster.

          --port N             port of the API (default 8080)
          --bind ADDRESS       address that it listens on (default 127.0.0.1: this machine only)
          --data FOLDER        where the node keeps its files (default ./data)
          --storage STRING     connection string of PostgreSQL or SQLite (default: an SQLite file in the data folder)
          --standby true       wait while another node works on the same PostgreSQL database, and take over when it ends
          --cluster ID         one node of several, on one PostgreSQL; further settings: Cluster:SiloPort, Cluster:GatewayPort, Cluster:Address
          --roles api          of a cluster: serves the API, and holds no campaigns, servers or calls
          --for 60s            end by itself after this time (s, m, h) with a summary and exit code 0
          --sql                print the SQL that makes the tables of an empty PostgreSQL database, and end; the node makes them by itself
          --help               this page

        An address that other machines reach needs TLS (--Node:CertificateFile=cert.pem --Node:CertificateKeyFile=key.pem), or --Node:PlainHttp=true.
        Any setting can also come from the environment (Node__Port=8080, Api__SessionLifetime=08:00:00) or as --Section:Key=value.
        CARILLON_ADMIN_PASSWORD, or the file that Api:AdminPasswordFile names, sets the first administrator's password.
        """;

    static readonly Dictionary<string, string> Switches = new(StringComparer.Ordinal)
    {
        ["--port"] = "Node:Port",
        ["--bind"] = "Node:Bind",
        ["--data"] = "Node:Data",
        ["--for"] = "Node:For",
        ["--standby"] = "Node:Standby",
        ["--storage"] = "Storage:ConnectionString",
        ["--cluster"] = "Cluster:Id",
        ["--roles"] = "Cluster:Roles",
    };

    /// <summary>What a key of anything else would be is taken for a mistake. Levels of the log are the framework's.</summary>
    static readonly string[] Sections = ["Node", "Storage", "Cluster", "Api", "Servers", "Campaigns", "Logging"];

    /// <summary>The key, and the switch that gives it, if there is one.</summary>
    public static string NameOf(string section, string name) => Switches.FirstOrDefault(s => s.Value == $"{section}:{name}").Key is { } given ? $"{section}:{name} ({given})" : $"{section}:{name}";

    /// <param name="args">As on the command line.</param>
    /// <param name="problems">Takes a sentence for each switch that is not known, or has no value.</param>
    public static Dictionary<string, string?> Read(IReadOnlyList<string> args, List<string> problems)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < args.Count; i++)
        {
            var (name, value) = args[i].IndexOf('=', StringComparison.Ordinal) is var at and > 0 ? (args[i][..at], args[i][(at + 1)..]) : (args[i], null);
            if (Key(name) is not { } key)
            {
                problems.Add($"There is no switch {name}; --help shows them all.");
                // Its value, if it has one, is no switch.
                if (value is null && i + 1 < args.Count && !args[i + 1].StartsWith("--", StringComparison.Ordinal)) i++;
            }
            else if (value is null && i + 1 == args.Count) problems.Add($"The switch {name} needs a value.");
            else
            {
                value ??= args[++i];
                settings[key] = key == "Node:For" ? Duration(value) : value;
            }
        }
        return settings;
    }

    static string? Key(string name)
    {
        if (Switches.GetValueOrDefault(name) is { } key) return key;
        return name.StartsWith("--", StringComparison.Ordinal) && name.IndexOf(':', StringComparison.Ordinal) is var colon and > 0 && Sections.Contains(name[2..colon], StringComparer.OrdinalIgnoreCase) ? name[2..] : null;
    }

    /// <summary>60s, 5m and 2h as well as 00:01:00.</summary>
    static string Duration(string text)
    {
        var unit = text.Length > 1 ? text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, _ => 0 } : 0;
        return unit > 0 && double.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? TimeSpan.FromSeconds(number * unit).ToString("c", CultureInfo.InvariantCulture)
            : text;
    }
}
