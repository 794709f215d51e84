using System.Net;
using Microsoft.Extensions.Options;

namespace Carillon.Silo;

public enum LogFormat
{
    /// <summary>A line of words for each.</summary>
    Simple,
    /// <summary>A line with one JSON object for each.</summary>
    Json,
}

/// <summary>Settings of the node, in the section <c>Node</c>.</summary>
public sealed class NodeOptions
{
    /// <summary>Port of the API. Default 8080; 0: a free one.</summary>
    public int Port { get; set; } = 8080;

    /// <summary>Address that the API listens on. Default 127.0.0.1: this machine only.</summary>
    public string Bind { get; set; } = "127.0.0.1";

    /// <summary>PEM file with the API's certificate, and after it those of the authorities between it and the root. Read anew when it changes. Default null: HTTP without TLS.</summary>
    public string? CertificateFile { get; set; }

    /// <summary>PEM file with the key of <see cref="CertificateFile"/>, not encrypted.</summary>
    public string? CertificateKeyFile { get; set; }

    /// <summary>The API may be reached from other machines without TLS. Default false: passwords and keys are not sent in clear unless somebody says so.</summary>
    public bool PlainHttp { get; set; }

    /// <summary>Folder of the node's own files. Default <c>data</c> in the current folder.</summary>
    public string Data { get; set; } = "data";

    /// <summary>
    /// While another node works on the same PostgreSQL database, this one waits, says so at <c>/health/ready</c>, and takes over when that one ends. Default false: it
    /// refuses to start then.
    /// </summary>
    public bool Standby { get; set; }

    /// <summary>The node ends by itself after this time. Default null: it runs until it is stopped.</summary>
    public TimeSpan? For { get; set; }

    /// <summary>How lines of the log look on stdout. Default Simple.</summary>
    public LogFormat LogFormat { get; set; }
}

sealed class NodeOptionsCheck : IValidateOptions<NodeOptions>
{
    public ValidateOptionsResult Validate(string? name, NodeOptions options)
    {
        var errors = new List<string>();
        if (options.Port is < 0 or > 65535) errors.Add($"Node:Port (--port) must be from 0 to 65535; it is {options.Port}.");
        if (!IPAddress.TryParse(options.Bind, out _) && options.Bind != "localhost") errors.Add($"Node:Bind (--bind) must be an address of this machine, such as 0.0.0.0; it is {options.Bind}.");
        var tls = options.CertificateFile is not null;
        if (tls != options.CertificateKeyFile is not null) errors.Add("Node:CertificateFile and Node:CertificateKeyFile belong together: give both, or none.");
        if (!tls && !options.PlainHttp && IPAddress.TryParse(options.Bind, out var address) && !IPAddress.IsLoopback(address))
            errors.Add($"Node:Bind (--bind) {options.Bind} would send passwords and API keys through the network unencrypted: give Node:CertificateFile and Node:CertificateKeyFile; "
                + "or, if a proxy before this node encrypts or the network is your own, say --Node:PlainHttp=true.");
        if (string.IsNullOrWhiteSpace(options.Data)) errors.Add("Node:Data (--data) must name a folder.");
        if (options.For <= TimeSpan.Zero || options.For > TimeSpan.FromDays(49)) errors.Add($"Node:For (--for) must be more than zero and at most 49 days, such as 60s; it is {options.For}.");
        if (!Enum.IsDefined(options.LogFormat)) errors.Add($"Node:LogFormat must be Simple or Json; it is {options.LogFormat}.");
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
