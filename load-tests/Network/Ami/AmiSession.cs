using System.Net.Sockets;

namespace Carillon.Network;

/// <summary>One AMI connection. Actions run in the order they arrive; output gathers until the batch of work is over and leaves in one write.</summary>
sealed class AmiSession
{
    readonly Server _server;
    readonly Socket _socket;
    readonly ActionReader _reader = new();
    AmiText _out = new(16384);
    AmiText _inFlight = new(16384);
    EventClass _mask = EventClass.All;
    bool _sending;
    bool _dirty;
    bool _closed;
    bool _closeWhenSent;

    public AmiSession(Server server, Socket socket)
    {
        (_server, _socket) = (server, socket);
    }

    public Server Server => _server;
    public AmiUser? User { get; private set; }
    public EventFilter Filter { get; } = new();
    public string? Challenge { get; set; }

    /// <summary>Classes that reach this session: allowed, and asked for.</summary>
    public EventClass Listens => User is null ? EventClass.None : User.Read & _mask;

    public EventClass Mask
    {
        get => _mask;
        set
        {
            _mask = value;
            _server.MasksChanged();
        }
    }

    public void LoggedIn(AmiUser user, EventClass mask)
    {
        User = user;
        Mask = mask;
    }

    public void Run()
    {
        if (_server.IsRunning && !_server.IsFrozen) Greet();
        _server.Network.Scheduler.AfterReal(_server.Config.AuthTimeout, () =>
        {
            if (User is null) Close(reset: false);
        });
        _ = ReadLoop();
    }

    void Greet()
    {
        _greeted = true;
        Append([.. "Asterisk Call Manager/"u8, .. System.Text.Encoding.ASCII.GetBytes(_server.AmiVersion), .. "\r\n"u8]);
        _server.Network.Flush();
    }

    bool _greeted;

    async Task ReadLoop()
    {
        var buffer = new byte[8192];
        try
        {
            while (true)
            {
                if (_server.SlowReads > TimeSpan.Zero) await Task.Delay(_server.SlowReads, _server.Network.Time).ConfigureAwait(false);
                await _server.WhenThawed().ConfigureAwait(false);
                lock (_server.Network.Gate)
                {
                    if (!_greeted && !_closed) Greet();
                }
                var read = await _socket.ReceiveAsync(buffer.AsMemory()).ConfigureAwait(false);
                if (read == 0) break;
                await _server.WhenThawed().ConfigureAwait(false);
                lock (_server.Network.Gate)
                {
                    if (_closed) return;
                    _reader.Feed(buffer.AsSpan(0, read));
                    while (!_closed && !_closeWhenSent && _reader.Next() is { } action) AmiActions.Run(this, action);
                    _server.Network.Flush();
                }
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The client went away; what follows is the same as for its orderly end.
        }
        lock (_server.Network.Gate) Close(reset: false);
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (_closed || _closeWhenSent) return;
        _out.Raw(bytes);
        // A long list that was not sent yet is no backlog: only what gathers behind a write that does not end.
        if (_sending && !_server.IsFrozen && _out.Length > _server.Config.MaxBacklog)
        {
            _server.Counters.SlowReaders++;
            _closeWhenSent = true;
            _server.Network.Scheduler.AfterReal(TimeSpan.Zero, () => Close(reset: false));
            return;
        }
        if (_dirty) return;
        _dirty = true;
        _server.Network.MarkDirty(this);
    }

    public void Flush()
    {
        _dirty = false;
        if (_sending || _closed || _out.Length == 0 || _server.IsFrozen) return;
        _sending = true;
        (_out, _inFlight) = (_inFlight, _out);
        _server.Counters.BytesSent += _inFlight.Length;
        try
        {
            var send = _socket.SendAsync(_inFlight.Memory);
            if (send.IsCompletedSuccessfully) Sent();
            else _ = Finish(send);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            Close(reset: false);
        }
    }

    async Task Finish(ValueTask<int> send)
    {
        try
        {
            await send.ConfigureAwait(false);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            lock (_server.Network.Gate) Close(reset: false);
            return;
        }
        lock (_server.Network.Gate)
        {
            Sent();
            Flush();
        }
    }

    void Sent()
    {
        _inFlight.Clear();
        _sending = false;
        if (_closeWhenSent && _out.Length == 0) Close(reset: false);
    }

    /// <summary>Ends the session once what is written has left.</summary>
    public void CloseAfterOutput()
    {
        _closeWhenSent = true;
        if (!_sending && _out.Length == 0) Close(reset: false);
    }

    public void Close(bool reset)
    {
        if (_closed) return;
        _closed = true;
        _server.Sessions.Remove(this);
        _server.MasksChanged();
        if (reset) _socket.LingerState = new LingerOption(true, 0);
        else
        {
            try
            {
                _socket.Shutdown(SocketShutdown.Both);
            }
            catch (SocketException)
            {
                // Not connected any more: nothing to shut down.
            }
        }
        _socket.Dispose();
    }
}
