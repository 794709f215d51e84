using Carillon.Hosting;
using Carillon.Silo;
using Carillon.Storage;
using Carillon.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Carillon.Api.Tests;

public sealed class DutyTests : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("carillon-duty-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Whatever_goes_wrong_as_it_is_asked_whose_turn_it_is_nothing_is_dialed_until_that_is_known()
    {
        var time = new FakeTime();
        await using var database = new Database(Options.Create(new StorageOptions { ConnectionString = $"Data Source={_folder.FullName}/carillon.db" }), time, NullLogger<Database>.Instance);
        await using var services = new ServiceCollection().BuildServiceProvider();
        var held = new Held { Trouble = new NotSupportedException("of a kind that nobody thought of") };
        await using var duty = new Duty(database, held, new ClusterOptions(), services, time, NullLogger<Duty>.Instance);
        duty.Start();

        await Looks(time, () => database.Tenure.IsLost);
        held.Trouble = null;
        await Looks(time, () => !database.Tenure.IsLost);
    }

    static Task Looks(FakeTime time, Func<bool> until) => Wait.Until(() =>
    {
        time.Advance(TimeSpan.FromMilliseconds(500));
        return Task.FromResult(until());
    });

    sealed class Held : NodeLock
    {
        public Exception? Trouble { get; set; }

        public override Task<bool> IsHeldAsync(CancellationToken cancel = default) => Trouble is null ? Task.FromResult(true) : Task.FromException<bool>(Trouble);

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
