using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Carillon.Silo;

/// <summary>The API's certificate. A renewed file is taken over without a restart; one that cannot be read then changes nothing.</summary>
sealed class NodeCertificate
{
    static readonly TimeSpan LookInterval = TimeSpan.FromMinutes(1);

    readonly string _certificate;
    readonly string _key;
    readonly TimeProvider _time;
    readonly Lock _lock = new();
    SslServerAuthenticationOptions _options;
    DateTime _writtenAt;
    long _lookedAt;

    NodeCertificate(string certificate, string key, TimeProvider time)
    {
        (_certificate, _key, _time) = (certificate, key, time);
        (_writtenAt, _lookedAt) = (WrittenAt(), time.GetTimestamp());
        _options = Read();
    }

    /// <summary>Null: the node has none.</summary>
    public static NodeCertificate? Of(NodeOptions node) => node.CertificateFile is null ? null : Open(node.CertificateFile, node.CertificateKeyFile!, TimeProvider.System);

    /// <exception cref="StartRefused">The files are no certificate and its key.</exception>
    public static NodeCertificate Open(string certificate, string key, TimeProvider time)
    {
        try
        {
            return new(certificate, key, time);
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            throw new StartRefused($"Node:CertificateFile {certificate} and Node:CertificateKeyFile {key} cannot be read as a certificate and its key: {e.Message.TrimEnd('.')}.");
        }
    }

    public SslServerAuthenticationOptions Options
    {
        get
        {
            lock (_lock)
            {
                if (_time.GetElapsedTime(_lookedAt) < LookInterval) return _options;
                _lookedAt = _time.GetTimestamp();
                try
                {
                    var written = WrittenAt();
                    if (written == _writtenAt) return _options;
                    _options = Read();
                    _writtenAt = written;
                }
                catch (Exception e) when (IsUnreadable(e))
                {
                    // Perhaps halfway through being replaced: the next look may find more.
                    Console.Error.WriteLine($"carillon: the new certificate in {_certificate} cannot be used, the old one serves on: {e.Message}");
                }
                return _options;
            }
        }
    }

    static bool IsUnreadable(Exception e) => e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException;

    DateTime WrittenAt()
    {
        var (certificate, key) = (File.GetLastWriteTimeUtc(_certificate), File.GetLastWriteTimeUtc(_key));
        return certificate > key ? certificate : key;
    }

    SslServerAuthenticationOptions Read()
    {
        using var pem = X509Certificate2.CreateFromPemFile(_certificate, _key);
        // TLS on Windows cannot use a key that is in memory only.
        var certificate = X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
        var between = new X509Certificate2Collection();
        between.ImportFromPemFile(_certificate);
        return new() { ServerCertificateContext = SslStreamCertificateContext.Create(certificate, between, offline: true) };
    }
}
