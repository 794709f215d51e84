using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Carillon.Ami;

sealed partial class AmiConnection
{
    /// <summary>Connects and logs in. Null when the connection is ready, else why it is not; it is broken then.</summary>
    /// <param name="events">The mask to log in with; "off" for a connection that only carries actions.</param>
    public async Task<AmiBreak?> OpenAsync(string events, CancellationToken cancellation)
    {
        var refusal = await ConnectAsync(cancellation).ConfigureAwait(false);
        if (refusal is null)
        {
            State = ConnectionState.Greeting;
            Interlocked.Increment(ref meter.Connections);
            _reading = ReadAsync();
            refusal = await LoginAsync(events, cancellation).ConfigureAwait(false);
        }
        cancellation.ThrowIfCancellationRequested();
        if (refusal is not null)
        {
            // What the login said counts more than the end of the connection that followed it.
            Break(refusal.Cause, refusal.Detail);
            return refusal;
        }
        State = ConnectionState.Ready;
        _pinging = KeepAliveAsync();
        return _cause;
    }

    async Task<AmiBreak?> ConnectAsync(CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(options.ConnectTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation, _end.Token);
        // Reset also when this process ends; see Break.
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, LingerState = new(enable: true, seconds: 0) };
        try
        {
            await socket.ConnectAsync(options.Host, options.Port, either.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            socket.Dispose();
            var why = e is SocketException s ? s.SocketErrorCode.ToString() : $"no answer within {options.ConnectTimeout.TotalSeconds:0.#} s";
            return new(AmiCause.Unreachable, $"Cannot reach Asterisk at {Place} ({why}): check the address, that manager.conf says enabled=yes with this port and bindaddr, and the firewall.");
        }
        Stream stream = new NetworkStream(socket, ownsSocket: true);
        try
        {
            if (options.Tls.Enabled) stream = await SecureAsync(stream, either.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is AuthenticationException or IOException or CryptographicException or UnauthorizedAccessException or OperationCanceledException)
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            return new(AmiCause.TlsFailed, $"TLS with Asterisk at {Place} failed ({e.Message}): check that the port speaks TLS (tlsbindaddr, usually 5039), Tls.CaFile, and that the certificate carries the name '{ServerName}'.");
        }
        // Only a finished stream is shown to Break, which may close it at any moment: a handshake over a closed one would throw what nobody expects.
        Volatile.Write(ref _socket, socket);
        Interlocked.Exchange(ref _stream, stream);
        if (_cause is null) return null;
        socket.Close(0);
        await stream.DisposeAsync().ConfigureAwait(false);
        return _cause;
    }

    async Task<Stream> SecureAsync(Stream plain, CancellationToken deadline)
    {
        var tls = new SslStream(plain);
        var authentication = new SslClientAuthenticationOptions { TargetHost = ServerName };
        if (options.Tls.CaFile is { } file)
        {
            authentication.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            authentication.CertificateChainPolicy.CustomTrustStore.ImportFromPemFile(file);
        }
        await tls.AuthenticateAsClientAsync(authentication, deadline).ConfigureAwait(false);
        return tls;
    }

    async Task<AmiBreak?> LoginAsync(string events, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(options.LoginTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            await _greeting.Task.WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return _cause ?? new(AmiCause.LoginTimeout, $"Asterisk at {Place} did not greet within {options.LoginTimeout.TotalSeconds:0.#} s: it is frozen or overloaded, or the port speaks TLS.");
        }
        var challenge = await SendAsync(new AmiAction("Challenge").With("AuthType", "MD5"), deadline.Token, cancellation).ConfigureAwait(false);
        var login = new AmiAction("Login").With("Username", options.Username).With("Events", events);
        if (challenge.Success) login.With("AuthType", "MD5").With("Key", Key(challenge["Challenge"]));
        else if (challenge.Answer == AmiAnswer.Unknown) return Unanswered();
        else if (options.Tls.Enabled) login.With("Secret", options.Secret);
        else return new(AmiCause.ProtocolError, $"Asterisk at {Place} refused the MD5 challenge ({challenge.Message}); the secret goes out in plain text only under TLS. Allow MD5, or enable TLS.");

        var answer = await SendAsync(login, deadline.Token, cancellation).ConfigureAwait(false);
        return answer.Answer switch
        {
            AmiAnswer.Success => null,
            AmiAnswer.PermissionDenied => new(AmiCause.PermissionDenied, $"Asterisk at {Place} denied the login of AMI user '{options.Username}' ({answer.Message}): check its permit/deny lines in manager.conf."),
            AmiAnswer.Refused => new(AmiCause.WrongSecret, $"Asterisk at {Place} refused AMI user '{options.Username}' ({answer.Message}): check user name, secret and permit/deny lines in manager.conf, then run 'manager reload'."),
            _ => Unanswered(),
        };
    }

    AmiBreak Unanswered() =>
        _cause ?? new(AmiCause.LoginTimeout, $"Asterisk at {Place} did not answer the login within {options.LoginTimeout.TotalSeconds:0.#} s: it is frozen or overloaded.");

    // MD5 is what the protocol knows: md5(challenge + secret) in lower-case hexadecimal.
    string Key(string challenge) =>
        Convert.ToHexStringLower(CryptographicOperations.HashData(HashAlgorithmName.MD5, Encoding.UTF8.GetBytes(challenge + options.Secret)));

    string ServerName => options.Tls.ServerName ?? options.Host;
}
