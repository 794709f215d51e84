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
          --help               this page

        An address that other machines reach needs TLS (--Node:CertificateFile=cert.pem --Node:CertificateKeyFile=key.pem), or --Node:PlainHttp=true.
        Any setting can also come from the environment (Node__Port=8080, Api__SessionLifetime=08:00:00) or as --Section:Key=value.
        CARILLON_ADMIN_PASSWORD, or the file that CARILLON_ADMIN_PASSWORD_FILE names, sets the first administrator's password.
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

    /// <exception cref="StartRefused">A switch that is not known, or has no value.</exception>
    public static Dictionary<string, string?> Read(IReadOnlyList<string> args)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < args.Count; i++)
        {
            var (name, value) = args[i].IndexOf('=', StringComparison.Ordinal) is var at and > 0 ? (args[i][..at], args[i][(at + 1)..]) : (args[i], null);
            var key = Switches.GetValueOrDefault(name);
            if (key is null && name.StartsWith("--", StringComparison.Ordinal) && name.Contains(':', StringComparison.Ordinal)) key = name[2..];
            if (key is null) throw new StartRefused($"There is no switch {name}; --help shows them all.");
            value ??= ++i < args.Count ? args[i] : throw new StartRefused($"The switch {name} needs a value.");
            settings[key] = key == "Node:For" ? Duration(value) : value;
        }
        return settings;
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
