namespace Carillon.Storage;

/// <summary>The store cannot do what it was asked. The message says what is wrong and what to do, and holds no secret.</summary>
public sealed class StorageException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The same may succeed later, without anybody changing anything. A write whose answer was lost may have been carried out.</summary>
    public bool IsTransient { get; init; }
}
