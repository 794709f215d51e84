namespace Carillon.Api.Tests;

/// <summary>For those who ask what endpoints there are, or come as others than tests do.</summary>
public sealed class OwnDoor : TestNode;
