using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Carillon.TestKit;
using Microsoft.Extensions.Options;

namespace Carillon.Storage.Tests;

/// <summary>A PostgreSQL with TLS, whose certificate is for 127.0.0.1 and signed by an authority of its own.</summary>
public sealed class TlsServer : IAsyncLifetime
{
    readonly string _folder = Directory.CreateTempSubdirectory("carillon-tls-").FullName;
    readonly int _port = Loopback.FreePort();
    PrivatePostgres? _postgres;

    public string Authority => Path.Combine(_folder, "ca.pem");

    public string AnotherAuthority => Path.Combine(_folder, "other.pem");

    public string ConnectionString(string host, string authority) =>
        $"Host={host};Port={_port};Database=postgres;Username={PrivatePostgres.User};SSL Mode=VerifyFull;Root Certificate={authority};Timeout=30";

    public async Task InitializeAsync()
    {
        if (PrivatePostgres.FindPrograms() is null) return;
        using var authority = MakeAuthority(Authority);
        using var another = MakeAuthority(AnotherAuthority);
        var (certificate, key) = (Path.Combine(_folder, "server.pem"), Path.Combine(_folder, "server.key"));
        await File.WriteAllTextAsync(key, "");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        using (var made = RSA.Create(2048))
        {
            var request = new CertificateRequest("CN=database", made, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            var names = new SubjectAlternativeNameBuilder();
            names.AddIpAddress(IPAddress.Loopback);
            request.CertificateExtensions.Add(names.Build());
            using var signed = request.Create(authority, authority.NotBefore, authority.NotAfter, [1, 2, 3, 4]);
            await File.WriteAllTextAsync(certificate, signed.ExportCertificatePem());
            await File.WriteAllTextAsync(key, made.ExportPkcs8PrivateKeyPem());
        }
        _postgres = await PrivatePostgres.StartInAsync(_folder, "fsync=off", "ssl=on", $"ssl_cert_file={certificate}", $"ssl_key_file={key}", "listen_addresses=127.0.0.1", $"port={_port}");
    }

    static X509Certificate2 MakeAuthority(string file)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN=authority {Path.GetFileName(file)}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(file, made.ExportCertificatePem());
        return made;
    }

    public async Task DisposeAsync()
    {
        if (_postgres is not null) await _postgres.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}

public sealed class Tls_Postgres(TlsServer server) : IClassFixture<TlsServer>
{
    static Database Open(string connectionString) =>
        new(Options.Create(new StorageOptions { ConnectionString = connectionString, Password = PrivatePostgres.Password }), TimeProvider.System);

    [StoreFact]
    public async Task A_server_of_the_named_authority_is_spoken_to_by_TLS()
    {
        await using var database = Open(server.ConnectionString("127.0.0.1", server.Authority));
        Assert.Equal([true], await database.ReadAsync(s => s.QueryAsync<bool>("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")));
    }

    [StoreFact]
    public Task One_of_another_authority_is_refused_with_what_to_correct() => Refused("127.0.0.1", server.AnotherAuthority, "not trusted", "Root Certificate");

    [StoreFact]
    public Task One_whose_certificate_has_another_name_is_refused_with_what_to_correct() => Refused("localhost", server.Authority, "not trusted", "Host");

    [StoreFact]
    public Task An_authority_that_cannot_be_read_is_named() => Refused("127.0.0.1", server.Authority + ".away", server.Authority + ".away");

    async Task Refused(string host, string authority, params string[] words)
    {
        await using var database = Open(server.ConnectionString(host, authority));
        var refused = await Assert.ThrowsAsync<StorageException>(() => database.OpenAsync());
        Assert.All(words, word => Assert.Contains(word, refused.Message, StringComparison.Ordinal));
        Assert.False(refused.IsTransient);
        Assert.DoesNotContain(PrivatePostgres.Password, refused.Message, StringComparison.Ordinal);
    }
}
