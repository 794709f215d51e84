using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Carillon.Ami.Tests;

public sealed class TlsTests : IDisposable
{
    readonly string _caFile = Path.GetTempFileName();
    readonly X509Certificate2 _authority = Authority();

    public TlsTests() => File.WriteAllText(_caFile, _authority.ExportCertificatePem());

    [Fact]
    public async Task A_certificate_of_the_named_authority_is_trusted()
    {
        await using var server = new ScriptedAmiServer(Certificate("asterisk.example", _authority));
        await using var client = Start(server);
        await new SignalReader(client).Next<AmiConnected>();
    }

    [Fact]
    public async Task Under_TLS_the_secret_goes_in_plain_text_if_MD5_is_refused()
    {
        await using var server = new ScriptedAmiServer(Certificate("asterisk.example", _authority));
        server.On("Challenge", a => a.Error("MD5 not available"));
        await using var client = Start(server);
        await new SignalReader(client).Next<AmiConnected>();
        Assert.Contains(server.Received, a => a.Name == "Login" && a["Secret"] == server.Secret);
    }

    [Theory]
    [InlineData("other.example", true)]
    [InlineData("asterisk.example", false)]
    public async Task A_wrong_name_or_authority_fails_and_nothing_is_sent(string name, bool sameAuthority)
    {
        using var other = Authority();
        await using var server = new ScriptedAmiServer(Certificate(name, sameAuthority ? _authority : other));
        await using var client = Start(server);
        var failed = await new SignalReader(client).Next<AmiDisconnected>();

        Assert.Equal(AmiCause.TlsFailed, failed.Cause);
        Assert.Contains("'asterisk.example'", failed.Detail, StringComparison.Ordinal);
        Assert.Empty(server.Received);
    }

    [Fact]
    public async Task A_client_that_is_closed_in_the_middle_of_a_handshake_ends_without_an_error()
    {
        using var other = Authority();
        await using var server = new ScriptedAmiServer(Certificate("asterisk.example", other));
        // A close meets another step of the handshake each time: after so many spins of the processor since the client began.
        for (var spins = 0; spins < 60_000; spins += 300)
        {
            var client = Start(server);
            Thread.SpinWait(spins);
            await client.DisposeAsync();
        }
        Assert.Empty(server.Received);
    }

    AmiClient Start(ScriptedAmiServer server)
    {
        var client = new AmiClient(server.Options with { Tls = new() { Enabled = true, CaFile = _caFile, ServerName = "asterisk.example" } });
        client.Start();
        return client;
    }

    static X509Certificate2 Authority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Test Authority " + Guid.NewGuid(), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
    }

    static X509Certificate2 Certificate(string name, X509Certificate2 authority)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        using var signed = request.Create(authority, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(1), RandomNumberGenerator.GetBytes(8));
        using var whole = signed.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null);
    }

    public void Dispose()
    {
        _authority.Dispose();
        File.Delete(_caFile);
    }
}
