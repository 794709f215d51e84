using System.Net;
using Carillon.Silo;
using Carillon.TestKit;

namespace Carillon.Api.Tests.Running;

public sealed class StoreDownTests
{
    [PostgresFact]
    public async Task Without_its_database_a_node_is_live_and_not_ready_and_says_why_until_it_is_back()
    {
        var folder = Directory.CreateTempSubdirectory("carillon-store-down-");
        try
        {
            await using var postgres = await PrivatePostgres.StartAsync("fsync=off");
            await using var app = Node.Create(["--data", folder.FullName, "--port", "0", $"--Api:AdminPassword={TestNode.AdminPassword}", "--storage", postgres.ConnectionString()]);
            await app.StartAsync();
            using var client = new HttpClient { BaseAddress = new(app.Urls.Single()) };
            await client.GetAsync("/health/ready").Expect(HttpStatusCode.OK);

            await postgres.DownAsync(atOnce: true);
            var problem = await client.GetAsync("/health/ready").Json(HttpStatusCode.ServiceUnavailable);
            Assert.Contains("PostgreSQL", problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
            await client.GetAsync("/health/live").Expect(HttpStatusCode.OK);

            await postgres.UpAsync();
            await RunningNode.Until(async () => (await client.GetAsync("/health/ready")).IsSuccessStatusCode);
            await app.StopAsync();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
