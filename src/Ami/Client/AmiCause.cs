namespace Carillon.Ami;

/// <summary>Why a link broke or could not be made.</summary>
public enum AmiCause
{
    None,
    /// <summary>Name not resolved, no route, connection refused or no answer in time.</summary>
    Unreachable,
    /// <summary>Asterisk closed the connection before greeting: its limit of sessions, or no permission for our address.</summary>
    Refused,
    TlsFailed,
    /// <summary>User name, secret or address (ACL) refused. Not "offline": a person has to act.</summary>
    WrongSecret,
    /// <summary>Login accepted, but an action that the client itself needs is not permitted.</summary>
    PermissionDenied,
    LoginTimeout,
    /// <summary>No FullyBooted event came: Asterisk is starting, or the user lacks the 'system' read permission.</summary>
    NotBooted,
    /// <summary>The link stayed silent although it was asked: half open, or a frozen server.</summary>
    PingTimeout,
    /// <summary>The consumer was too slow; events were lost, a snapshot follows.</summary>
    Overflow,
    /// <summary>Asterisk announced its shutdown.</summary>
    ServerShutdown,
    Eof,
    /// <summary>The socket failed (reset, broken pipe).</summary>
    ConnectionLost,
    /// <summary>What answers is not AMI, or does not keep to it.</summary>
    ProtocolError,
    /// <summary>The client was disposed.</summary>
    Closed,
}

/// <summary>The first cause of a break, with a sentence for people.</summary>
public sealed record AmiBreak(AmiCause Cause, string Detail);
