using Carillon.Lab;

namespace Carillon.Asterisk.Tests;

/// <summary>One lab for all tests here: what a test changes in a server it changes back.</summary>
[CollectionDefinition(Name)]
public sealed class LabCollection : ICollectionFixture<AsteriskLab>
{
    public const string Name = "Asterisk lab";
}
