using Carillon.TestKit;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Carillon.Storage.Tests;

/// <summary>A fact of a suite that runs on every database. On PostgreSQL it is skipped where there is no PostgreSQL to be had.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("Carillon.Storage.Tests.StoreFactDiscoverer", "Carillon.Storage.Tests")]
public sealed class StoreFactAttribute : FactAttribute;

public sealed class StoreFactDiscoverer(IMessageSink diagnostics) : IXunitTestCaseDiscoverer
{
    public IEnumerable<IXunitTestCase> Discover(ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) =>
        [new StoreCase(diagnostics, discoveryOptions.MethodDisplayOrDefault(), discoveryOptions.MethodDisplayOptionsOrDefault(), testMethod)];
}

public sealed class StoreCase : XunitTestCase
{
    [Obsolete("For xunit only")]
    public StoreCase() { }

    public StoreCase(IMessageSink diagnostics, TestMethodDisplay display, TestMethodDisplayOptions options, ITestMethod method)
        : base(diagnostics, display, options, method) { }

    protected override string? GetSkipReason(IAttributeInfo factAttribute) =>
        TestMethod.TestClass.Class.Name.Contains("Postgres", StringComparison.Ordinal) && !PostgresServer.IsAvailable
            ? $"No PostgreSQL: {PostgresServer.Variable} is not set and initdb was not found." : base.GetSkipReason(factAttribute);
}

/// <summary>The PostgreSQL of this test run: the one that the environment names, else a private one.</summary>
public sealed class PostgresServer : IAsyncLifetime
{
    public const string Variable = "CARILLON_TEST_POSTGRES";

    PrivatePostgres? _own;

    static string? Given => Environment.GetEnvironmentVariable(Variable);

    public static bool IsAvailable => Given is not null || PrivatePostgres.FindPrograms() is not null;

    public string ConnectionString => Given ?? _own!.ConnectionString();

    public async Task InitializeAsync()
    {
        if (Given is null && IsAvailable) _own = await PrivatePostgres.StartAsync("fsync=off");
    }

    public async Task DisposeAsync()
    {
        if (_own is not null) await _own.DisposeAsync();
    }
}

[CollectionDefinition(Name)]
public sealed class PostgresCollection : ICollectionFixture<PostgresServer>
{
    public const string Name = "postgres";
}
