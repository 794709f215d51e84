using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Carillon.Api.Tests.Running;
using Carillon.Calls;
using Carillon.Leads;
using Carillon.Silo;
using Carillon.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Carillon.Api.Tests;

/// <summary>The whole node, with the real grains.</summary>
public sealed class NodeTests : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("carillon-node-");

    public void Dispose() => _folder.Delete(recursive: true);

    WebApplication Create(params string[] args) => Node.Create(["--data", _folder.FullName, $"--Api:AdminPassword={TestNode.AdminPassword}", .. args]);

    [Fact]
    public async Task A_node_starts_on_a_free_port_and_a_campaign_without_agents_says_why_it_does_not_dial()
    {
        await using var app = Create("--port", "0");
        await app.StartAsync();
        using var client = new HttpClient(new SocketsHttpHandler { CookieContainer = new() }) { BaseAddress = new(app.Urls.Single()) };
        client.DefaultRequestHeaders.Add("X-Requested-With", "test");
        await client.GetAsync("/health/ready").Expect(HttpStatusCode.OK);
        Assert.Contains("/api/v1/session", await client.GetStringAsync("/openapi/v1.json"), StringComparison.Ordinal);
        await client.Post("/session", new { login = "admin", password = TestNode.AdminPassword }).Expect(HttpStatusCode.OK);

        var floor = await Floor.Make(client);
        var campaign = await floor.Campaign(client);
        Assert.Equal("Stopped", (await client.Get($"/campaigns/{campaign}/progress").Json())["status"]!.GetValue<string>());
        await client.Post($"/campaigns/{campaign}/leads", new { number = "+74959898533" }).Expect(HttpStatusCode.Created);
        Assert.Equal("Running", (await client.Post($"/campaigns/{campaign}/start").Json())["status"]!.GetValue<string>());
        var refused = await client.Delete($"/campaigns/{campaign}").Json(HttpStatusCode.Conflict);
        Assert.Contains("stop it", refused["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        await client.Post($"/campaigns/{campaign}/stop").Expect(HttpStatusCode.OK);
        await client.Delete($"/campaigns/{campaign}").Expect(HttpStatusCode.NoContent);

        Assert.Contains("http_server_request_duration_seconds_bucket", await client.GetStringAsync("/metrics"), StringComparison.Ordinal);
        await app.StopAsync();
    }

    [Fact]
    public async Task A_port_that_is_taken_is_one_clear_line()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        await using var app = Create("--port", $"{port}");
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => app.StartAsync());
        var line = Assert.Single(StartRefused.Explain(failure, new() { Port = port })!);
        Assert.Contains($"{port}", line, StringComparison.Ordinal);
        Assert.Contains("--port", line, StringComparison.Ordinal);
        // And no password was shown to go with it.
        Assert.Empty(await app.Services.GetRequiredService<UserStore>().ListAsync());
    }

    [Fact]
    public async Task Call_records_that_are_older_than_they_are_kept_go_when_the_node_has_started_and_others_stay()
    {
        AttemptId kept;
        await using (var app = Create("--port", "0"))
        {
            var now = DateTimeOffset.UtcNow;
            await Record(app, 1, now.AddDays(-41));
            kept = await Record(app, 2, now.AddDays(-39));
        }
        await using var pruning = Create("--port", "0", "--Storage:KeepCallRecords=40.00:00:00");
        await pruning.StartAsync();
        var attempts = pruning.Services.GetRequiredService<AttemptStore>();
        await RunningNode.Until(async () => (await attempts.ListAsync(new())).Count == 1);
        Assert.Equal(kept, Assert.Single(await attempts.ListAsync(new())).Intent.Id);
        await pruning.StopAsync();
    }

    static async Task<AttemptId> Record(WebApplication app, int number, DateTimeOffset at)
    {
        var (leads, attempts) = (app.Services.GetRequiredService<LeadStore>(), app.Services.GetRequiredService<AttemptStore>());
        var lead = (await leads.AddAsync(new("spring"), new($"+7495555010{number}")))!;
        var intent = new AttemptIntent { Id = AttemptId.New(at), Campaign = new("spring"), LeadId = lead.Id, Number = lead.Number, Server = new("s"), Trunk = new("t"), At = at, AttemptNumber = 1 };
        await attempts.BeginAsync([intent]);
        Assert.True(await attempts.CompleteAsync(new() { Intent = intent, EndedAt = at, Outcome = Outcome.Busy }, (_, _) => new() { Status = LeadStatus.Unanswered, AttemptsSinceAnswer = 0 }));
        return intent.Id;
    }

    [Fact]
    public void Every_wrong_setting_is_named_at_once()
    {
        var failure = Assert.Throws<OptionsValidationException>(() => Create("--port", "70000", "--for", "0s", "--Api:MinPasswordLength=2", "--Storage:KeepCallRecords=1.00:00:00"));
        Assert.Equal(["Node:Port", "Node:For", "Api:MinPasswordLength", "Storage:KeepCallRecords"], failure.Failures.Select(f => f.Split(' ')[0]));
    }

    [Fact]
    public void Every_wrong_setting_of_a_cluster_is_named_at_once()
    {
        var failure = Assert.Throws<OptionsValidationException>(() =>
            Create("--roles", "api", "--Cluster:Address=0.0.0.0", "--Cluster:SiloPort=-1", "--Cluster:GatewayPort=70000", "--Cluster:Bind=here",
                "--Cluster:BindSiloPort=0", "--Cluster:BindGatewayPort=70000", "--Cluster:DeadAfter=00:00:01", "--Cluster:LeaveAfter=00:00:01"));
        Assert.Equal(["Cluster:Roles", "Cluster:Address", "Cluster:SiloPort", "Cluster:GatewayPort", "Cluster:Bind", "Cluster:BindSiloPort", "Cluster:BindGatewayPort", "Cluster:DeadAfter", "Cluster:LeaveAfter"], failure.Failures.Select(f => f.Split(' ')[0]));
    }

    [Fact]
    public void A_port_to_listen_on_is_no_use_without_one_at_which_others_reach_it()
    {
        var failure = Assert.Throws<OptionsValidationException>(() => Create("--cluster", "prod", "--Cluster:SiloPort=0", "--Cluster:BindSiloPort=11111"));
        Assert.Contains("needs Cluster:SiloPort", Assert.Single(failure.Failures), StringComparison.Ordinal);
    }

    /// <summary>These tests run on the grain host Embedded.</summary>
    [Fact]
    public void A_program_that_is_one_node_does_not_join_a_cluster_and_says_what_would()
    {
        var refused = Assert.Throws<StartRefused>(() => Create("--cluster", "prod", "--storage", "Host=nowhere"));
        Assert.Contains("GrainHost=Orleans", refused.Message, StringComparison.Ordinal);
        Assert.Contains("--standby", Assert.Throws<StartRefused>(() => Create("--cluster", "prod", "--standby", "true")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    [InlineData("192.0.2.1")]
    public async Task An_address_that_others_reach_is_refused_without_TLS_unless_somebody_says_so(string address)
    {
        var failure = Assert.Single(Assert.Throws<OptionsValidationException>(() => Create("--bind", address)).Failures);
        Assert.Contains("Node:CertificateFile", failure, StringComparison.Ordinal);
        Assert.Contains("Node:PlainHttp", failure, StringComparison.Ordinal);
        await Create("--bind", address, "--Node:PlainHttp=true").DisposeAsync();
        foreach (var loopback in new[] { "127.0.0.1", "::1", "localhost" }) await Create("--bind", loopback).DisposeAsync();
    }

    [Fact]
    public async Task With_a_certificate_a_node_speaks_TLS_and_takes_over_a_renewed_one()
    {
        var (certificate, key) = (Path.Combine(_folder.FullName, "cert.pem"), Path.Combine(_folder.FullName, "key.pem"));
        var first = Certificate(certificate, key);
        await using var app = Create("--port", "0", "--Node:CertificateFile", certificate, "--Node:CertificateKeyFile", key);
        await app.StartAsync();
        Assert.StartsWith("https://", app.Urls.Single(), StringComparison.Ordinal);

        string? shown = null;
        using var client = new HttpClient(new SocketsHttpHandler
        {
            SslOptions = { RemoteCertificateValidationCallback = (_, seen, _, _) => (shown = seen!.GetCertHashString()) is not null },
        });
        await client.GetAsync(new Uri(new(app.Urls.Single()), "/health/ready")).Expect(HttpStatusCode.OK);
        Assert.Equal(first, shown);
        await app.StopAsync();

        var time = new TestKit.FakeTime();
        var serving = NodeCertificate.Open(certificate, key, time);
        string Serving() => serving.Options.ServerCertificateContext!.TargetCertificate.GetCertHashString();
        var renewed = Certificate(certificate, key);
        File.SetLastWriteTimeUtc(key, DateTime.UtcNow.AddSeconds(5));
        Assert.Equal(first, Serving());
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(renewed, Serving());
        File.WriteAllText(key, "half a key");
        File.SetLastWriteTimeUtc(key, DateTime.UtcNow.AddSeconds(10));
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(renewed, Serving());
    }

    static string Certificate(string certificate, string key)
    {
        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var made = new CertificateRequest("CN=localhost", ec, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(certificate, made.ExportCertificatePem());
        File.WriteAllText(key, ec.ExportPkcs8PrivateKeyPem());
        return made.GetCertHashString();
    }

    [Fact]
    public void A_certificate_that_cannot_be_read_or_lacks_its_key_is_refused_with_the_name_of_the_file()
    {
        var file = Path.Combine(_folder.FullName, "none.pem");
        Assert.Contains(file, Assert.Throws<StartRefused>(() => Create("--Node:CertificateFile", file, "--Node:CertificateKeyFile", file)).Message, StringComparison.Ordinal);
        Assert.Contains("together", Assert.Single(Assert.Throws<OptionsValidationException>(() => Create("--Node:CertificateFile", file)).Failures), StringComparison.Ordinal);
    }

    [Fact]
    public void A_data_folder_that_the_node_makes_is_closed_to_other_users()
    {
        if (OperatingSystem.IsWindows()) return;
        var folder = Path.Combine(_folder.FullName, "new");
        DataFolder.Open(folder);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
    }

    [Theory]
    [InlineData("--what")]
    [InlineData("--port")]
    public void A_switch_that_is_unknown_or_has_no_value_is_named(string name) =>
        Assert.Contains(name, Assert.Single(Assert.Throws<OptionsValidationException>(() => Node.Create([name])).Failures), StringComparison.Ordinal);

    [Fact]
    public void A_data_folder_that_is_a_file_is_refused_with_its_path()
    {
        var file = Path.Combine(_folder.FullName, "file");
        File.WriteAllText(file, "");
        var refused = Assert.Throws<StartRefused>(() => Node.Create(["--data", file]));
        Assert.Contains(file, refused.Message, StringComparison.Ordinal);
        Assert.Contains("--data", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_newer_database_is_refused_in_words()
    {
        await using (var app = Create("--port", "0"))
        {
            var database = app.Services.GetRequiredService<Database>();
            await database.WriteAsync(s => s.ExecuteAsync("INSERT INTO schema_version (version, name, applied_at) VALUES (9999, 'from the future', 0)"));
        }
        await using var older = Create("--port", "0");
        var failure = await Assert.ThrowsAsync<StorageException>(() => older.Services.GetRequiredService<Database>().OpenAsync());
        Assert.Equal([failure.Message], StartRefused.Explain(failure, null)!);
    }
}
