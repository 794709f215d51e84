namespace Carillon.RealNode;

/// <summary>Something that the person at the terminal has to know, in sentences for them.</summary>
sealed class NodeRefused(string message) : Exception(message);
