using System.Diagnostics.CodeAnalysis;

namespace Orleans.Runtime
{
    public class OrleansException : Exception
    {
        public OrleansException() : base("Unexpected error.") { }

        public OrleansException(string message) : base(message) { }

        public OrleansException(string message, Exception innerException) : base(message, innerException) { }
    }

    /// <summary>The host refused the call: it has not started, or is shutting down.</summary>
    [SuppressMessage("Design", "CA1032", Justification = "Only the host makes it, as in Orleans.")]
    public class OrleansMessageRejectionException : OrleansException
    {
        internal OrleansMessageRejectionException(string message) : base(message) { }
    }

    /// <summary>The observer is gone: deleted, or collected because nobody held the object.</summary>
    [SuppressMessage("Design", "CA1032", Justification = "Only the host makes it, as in Orleans.")]
    public sealed class ClientNotAvailableException : OrleansException
    {
        internal ClientNotAvailableException(GrainId clientId) : base($"No activation for client {clientId}") { }
    }
}

namespace Orleans.Storage
{
    /// <summary>The stored ETag is not the one that the writer read. The activation that sees it is deactivated and reads again.</summary>
    public class InconsistentStateException : Runtime.OrleansException
    {
        public InconsistentStateException() { }

        public InconsistentStateException(string message) : base(message) { }

        public InconsistentStateException(string message, Exception? innerException) : base(message, innerException!) { }

        public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag, Exception? storageException = null)
            : base(errorMsg, storageException!)
        {
            StoredEtag = storedEtag;
            CurrentEtag = currentEtag;
        }

        public string? StoredEtag { get; }
        public string? CurrentEtag { get; }

        // Callers up the chain see the same exception and must not be deactivated for it.
        internal bool IsSourceActivation { get; set; } = true;
    }
}
