using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using Carillon.Storage;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace Carillon.Silo;

/// <summary>The node cannot start. The message is what the person who starts it needs to know.</summary>
[SuppressMessage("Naming", "CA1710", Justification = "It is what its name says.")]
public sealed class StartRefused(string message) : Exception(message)
{
    /// <summary>One line for each thing that is wrong; null for what nobody foresaw.</summary>
    public static IEnumerable<string>? Explain(Exception exception, NodeOptions? node) => exception switch
    {
        StartRefused refused => [refused.Message],
        OptionsValidationException options => options.Failures,
        StorageException storage => [storage.Message],
        InvalidOperationException { InnerException: FormatException or ArgumentException or OverflowException } setting => [setting.Message],
        IOException { InnerException: AddressInUseException } => [$"Port {node?.Port} on {node?.Bind} is in use by another program; choose another one with --port."],
        SocketException { SocketErrorCode: SocketError.AccessDenied } => [$"Port {node?.Port} needs rights that this user does not have; choose one above 1023 with --port."],
        SocketException { SocketErrorCode: SocketError.AddressNotAvailable } => [$"{node?.Bind} is no address of this machine; choose another one with --bind."],
        AggregateException many when many.InnerExceptions.Select(e => Explain(e, node)).OfType<IEnumerable<string>>().ToList() is { Count: > 0 } explained => explained.SelectMany(e => e),
        _ => exception.InnerException is { } inner ? Explain(inner, node) : null,
    };
}
